'use client';

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { LiveClient, type LiveState, NOTHING_HEARD } from './live-client';
import type { LiveEvent } from './live-event';

/** One for the tab, whatever pages come and go. */
const client = new LiveClient();

/**
 * How live the page is: `{ connection: 'connecting' | 'live' | 'reconnecting' | 'signed-out', heardAt }`. Changes with
 * each event and heartbeat. `connecting` also stands while the page is rendered on the server.
 */
export function useLive(): LiveState {
  return useSyncExternalStore(client.watch, client.snapshot, () => NOTHING_HEARD);
}

/**
 * Calls back with each live event, of every patient the person may read. Always act on `reset`: it comes after the
 * first connect, whenever something may have been missed, and every minute while there is no stream.
 */
export function useLiveEvents(onEvent: (event: LiveEvent) => void): void {
  const told = useEffectEvent(onEvent);
  useEffect(() => client.listen((event) => told(event)), []);
}
