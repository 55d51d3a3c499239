import { localDayAt, startOfDayAt, type ZoneHistory } from '../time/zone-history.js';
import type { Period } from './sufficiency.js';

/** Whole local days that a page shows: `[from, to)` with the clock that coverage is judged by. */
export interface AnchoredPeriod extends Period {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly anchoredAt: 'today' | 'last-reading';
}

/**
 * The last `days` local days. They end today, or on the day of the last reading where that is longer ago: old data are
 * common, and their own last days say more than an empty fortnight. Time after the last reading then counts as not
 * elapsed. Instants in seconds since the epoch.
 */
export function anchoredPeriod(
  history: ZoneHistory,
  days: number,
  now: number,
  lastReadingAt: number | null,
): AnchoredPeriod {
  const today = localDayAt(history, now);
  const lastReadingDay = lastReadingAt === null ? today : localDayAt(history, lastReadingAt);
  const anchoredAt = lastReadingDay < today ? 'last-reading' : 'today';
  const lastDay = Math.min(today, lastReadingDay);
  const firstDay = lastDay - days + 1;
  return {
    firstDay,
    lastDay,
    from: startOfDayAt(history, firstDay),
    to: startOfDayAt(history, lastDay + 1),
    now: anchoredAt === 'today' || lastReadingAt === null ? now : lastReadingAt + 1,
    anchoredAt,
  };
}
