'use client';

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useLiveChanges } from '@/features/live/use-live-changes';

/** `live`: the server answers. `reconnecting`: it was asked and did not. `offline`: this device has no network. */
export type Connection = 'live' | 'reconnecting' | 'offline' | 'signed-out';

/** However many alerts change at once. */
const LIVE_MS = 1_000;
/** Also while there is a stream: what was asked last says how old the page is. */
const POLL_MS = 15_000;
const HIDDEN_POLL_MS = 30_000;

/** Calls `onChange` whenever alerts may have changed, and answers how well that is known. */
export function useChanges(answering: 'answers' | 'silent' | 'signed-out', onChange: () => void): Connection {
  const online = useSyncExternalStore(
    subscribeOnline,
    () => navigator.onLine,
    () => true,
  );
  const changed = useEffectEvent(onChange);
  useLiveChanges({ concerns: ({ kind }) => kind === 'alert', everyMs: LIVE_MS, whileHidden: true }, onChange);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, document.visibilityState === 'visible' ? POLL_MS : HIDDEN_POLL_MS);
    };
    const ask = () => {
      changed();
      again();
    };
    const onReturn = () => document.visibilityState === 'visible' && ask();
    again();
    addEventListener('online', ask);
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', ask);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, []);

  if (answering === 'signed-out') return 'signed-out';
  if (!online) return 'offline';
  return answering === 'answers' ? 'live' : 'reconnecting';
}

function subscribeOnline(onChange: () => void): () => void {
  addEventListener('online', onChange);
  addEventListener('offline', onChange);
  return () => {
    removeEventListener('online', onChange);
    removeEventListener('offline', onChange);
  };
}
