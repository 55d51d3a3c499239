'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import type { LiveEvent } from './live-event';
import { useLiveEvents } from './use-live';

/** However long something is held back, after this it is done. */
const LONGEST_HOLD_MS = 60_000;

interface Changes {
  /** Whether an event is of interest; `reset` always is. */
  readonly concerns: (event: Exclude<LiveEvent, { readonly kind: 'reset' }>) => boolean;
  /** However much happens, `onChange` is called no more often: at once, and once more for what came meanwhile. */
  readonly everyMs: number;
  /** Also where nobody is looking, for what is heard or stands in the title of the tab. */
  readonly whileHidden?: boolean;
  /** Whether anything would come of it: until then what is due waits, however long. */
  readonly mayAct?: () => boolean;
  /** Whether this is a bad moment. */
  readonly isHeld?: () => boolean;
}

/** Calls back when something of interest has changed, at once or on return where nobody was looking. */
export function useLiveChanges(
  { concerns, everyMs, whileHidden = false, mayAct = () => true, isHeld = () => false }: Changes,
  onChange: () => void,
): void {
  const dueSince = useRef<number | null>(null);
  const actedAt = useRef(Number.NEGATIVE_INFINITY);

  const act = useEffectEvent(() => {
    const now = Date.now();
    if (dueSince.current === null || now - actedAt.current < everyMs) return;
    if (!whileHidden && document.visibilityState === 'hidden') return;
    if (!mayAct()) return;
    if (isHeld() && now - dueSince.current < LONGEST_HOLD_MS) return;
    dueSince.current = null;
    actedAt.current = now;
    onChange();
  });
  useLiveEvents((event) => {
    if (event.kind !== 'reset' && !concerns(event)) return;
    dueSince.current ??= Date.now();
    act();
  });
  useEffect(() => {
    const onReturn = () => act();
    const timer = setInterval(onReturn, everyMs);
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [everyMs]);
}
