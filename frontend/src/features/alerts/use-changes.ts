'use client';

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** `live`: the server answers. `reconnecting`: it was asked and did not. `offline`: this device has no network. */
export type Connection = 'live' | 'reconnecting' | 'offline' | 'signed-out';

const POLL_MS = 15_000;
const HIDDEN_POLL_MS = 60_000;

/** Calls `onChange` whenever alerts may have changed, and answers how well that is known. */
export function useChanges(answering: 'answers' | 'silent' | 'signed-out', onChange: () => void): Connection {
  const online = useSyncExternalStore(
    subscribeOnline,
    () => navigator.onLine,
    () => true,
  );
  const changed = useEffectEvent(onChange);

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
