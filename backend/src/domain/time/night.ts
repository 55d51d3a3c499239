import { localDayAt, type ZoneHistory } from './zone-history.js';

/**
 * How long after local midnight a day counts as finished: what was measured before midnight has arrived by then, in
 * most cases, and people sleep.
 */
export const NIGHT_SECONDS = 3 * 3600;

/** The last local day that is finished at an instant (seconds since the epoch), as a day number. */
export const lastFinishedDay = (history: ZoneHistory, instant: number): number =>
  localDayAt(history, instant - NIGHT_SECONDS) - 1;
