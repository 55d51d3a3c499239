import { HISTORY_SECONDS } from '../forecasting/history.js';

/** How far back rules look from a sample: a forecast looks furthest. */
export const LOOKBACK_SECONDS = HISTORY_SECONDS;
/** Far enough before late data for every rule to have come to the state it would have had anyway. */
const REWIND_SECONDS = 48 * 3600;
const SETTLING_SECONDS = 24 * 3600;

/** Alerts of older data are not looked for: what came in so late is history. */
const HORIZON_SECONDS = 7 * 86_400;

/** What to judge again after something arrived. Seconds since the epoch. */
export interface EvaluationWindow {
  /** The first sample to load. */
  readonly loadFrom: number;
  /** What to hand to `evaluate`. */
  readonly quietAt: number | null;
  /** Stored episodes that opened after this give way to those of the evaluation; earlier ones stand. */
  readonly replacesAfter: number;
}

/** @param changedFrom the earliest sample that is new, or now where only time has passed */
export function windowOf(quietAt: number | null, changedFrom: number, now: number): EvaluationWindow {
  const horizon = now - HORIZON_SECONDS;
  if (quietAt !== null && quietAt >= horizon && changedFrom > quietAt) {
    return { loadFrom: quietAt - LOOKBACK_SECONDS, quietAt, replacesAfter: quietAt };
  }
  const from = Math.max(horizon, changedFrom);
  return { loadFrom: from - REWIND_SECONDS, quietAt: null, replacesAfter: from - SETTLING_SECONDS };
}
