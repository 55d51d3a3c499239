'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Alert, AlertCounts } from '@/api/types';
import { type Connection, useChanges } from './use-changes';
import { WATCHED } from './watched';

export interface WatchedAlerts {
  readonly counts: AlertCounts;
  /** Open alerts that nobody has acknowledged, most pressing first; a few dozen at most. */
  readonly unanswered: readonly Alert[];
}

export interface AlertWatchState {
  /** `null` as long as the server has not said. */
  readonly alerts: WatchedAlerts | null;
  readonly connection: Connection;
  /** When the server last answered, ms since the epoch on the server's clock. */
  readonly asOf: number;
  /** The server's clock, ms since the epoch, moving on every few seconds. */
  readonly now: number;
  /** Goes up whenever alerts may have changed. */
  readonly changes: number;
  /** Asks the server at once. */
  readonly refresh: () => void;
}

const Watch = createContext<AlertWatchState | null>(null);

/** How open alerts stand, for every page. */
export function useAlertWatch(): AlertWatchState {
  const watch = useContext(Watch);
  if (!watch) throw new Error('useAlertWatch is used outside of AlertWatch');
  return watch;
}

const TICK_MS = 5_000;
const REQUEST = `/api/v1/alerts?state=${WATCHED.state}&limit=${WATCHED.limit}`;

interface AlertWatchProps {
  initial: WatchedAlerts | null;
  /** The server's clock as the page was made, ms since the epoch. */
  renderedAt: number;
  children: ReactNode;
}

/** Keeps the open alerts in view, on whichever page; says how old what it knows is. */
export function AlertWatch({ initial, renderedAt, children }: AlertWatchProps) {
  const [alerts, setAlerts] = useState(initial);
  const [asOf, setAsOf] = useState(renderedAt);
  const [now, setNow] = useState(renderedAt);
  const [changes, setChanges] = useState(0);
  const [answering, setAnswering] = useState<'answers' | 'silent' | 'signed-out'>(initial ? 'answers' : 'silent');
  const aheadMs = useRef(0);

  const tick = useEffectEvent(() => setNow(Date.now() + aheadMs.current));
  useEffect(() => {
    aheadMs.current = renderedAt - Date.now();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [renderedAt]);

  const load = useCallback(async () => {
    try {
      const response = await fetch(REQUEST, { cache: 'no-store', signal: AbortSignal.timeout(15_000) });
      if (response.status === 401) return setAnswering('signed-out');
      if (!response.ok) throw new Error('unavailable');
      const { counts, items } = (await response.json()) as { counts: AlertCounts; items: Alert[] };
      const serverClock = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(serverClock)) aheadMs.current = serverClock - Date.now();
      const answeredAt = Date.now() + aheadMs.current;
      setAlerts({ counts, unanswered: items });
      setAsOf(answeredAt);
      setNow(answeredAt);
      setAnswering('answers');
    } catch {
      setAnswering('silent');
    }
  }, []);

  const refresh = useCallback(() => {
    setChanges((count) => count + 1);
    void load();
  }, [load]);
  const connection = useChanges(answering, refresh);

  const state = useMemo(
    () => ({ alerts, connection, asOf, now, changes, refresh }),
    [alerts, connection, asOf, now, changes, refresh],
  );
  return <Watch value={state}>{children}</Watch>;
}
