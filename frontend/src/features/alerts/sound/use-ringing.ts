'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import type { Alert } from '@/api/types';
import { player, useSound } from './use-sound';

/** An urgent alert sounds again until somebody has answered. */
const AGAIN_MS = 60_000;
/** However many warnings come, they sound no more often. */
const CALM_MS = 5 * 60_000;

/** One sound each for an alert and for each time it became graver. */
const keyOf = ({ id, severity }: Alert): string => `${id} ${severity}`;

/** Sounds for alerts that nobody has answered: urgent ones now and again, a warning once and only when it is new. */
export function useRinging(alerts: readonly Alert[] | null): void {
  const sound = useSound();
  const known = useRef<ReadonlySet<string> | null>(null);
  const rung = useRef<ReadonlySet<string>>(new Set());
  const warnedAt = useRef(Number.NEGATIVE_INFINITY);
  const urgent = (alerts ?? []).filter(({ severity }) => severity === 'urgent').map(keyOf);
  const urgentKey = urgent.toSorted().join();

  const isUrgent = urgent.length > 0;

  useEffect(() => {
    if (sound !== 'on' || !isUrgent) return;
    const timer = setInterval(() => player.ring('urgent'), AGAIN_MS);
    return () => clearInterval(timer);
  }, [sound, isUrgent]);

  // At once for one that is new, and not because another was answered.
  const ringNew = useEffectEvent(() => {
    if (sound !== 'on') return;
    if (urgent.some((key) => !rung.current.has(key))) player.ring('urgent');
    rung.current = new Set(urgent);
  });
  useEffect(() => ringNew(), [sound, urgentKey]);

  const warn = useEffectEvent(() => {
    if (alerts === null) return;
    const warnings = alerts.filter(({ severity }) => severity === 'warning').map(keyOf);
    const isNew = known.current !== null && warnings.some((key) => !known.current?.has(key));
    known.current = new Set([...(known.current ?? []), ...warnings]);
    if (!isNew || urgent.length > 0 || Date.now() - warnedAt.current < CALM_MS) return;
    warnedAt.current = Date.now();
    player.ring('warning');
  });
  useEffect(() => warn(), [alerts]);
}
