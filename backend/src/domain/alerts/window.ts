/** How far back rules look from a sample: a sensor that stands still takes the longest to notice. */
const LOOKBACK_SECONDS = 4 * 3600;
/** Far enough before late data for every rule to have come to the state it would have had anyway. */
const REWIND_SECONDS = 48 * 3600;
const SETTLING_SECONDS = 24 * 3600;

/** What to judge again after something arrived. Seconds since the epoch. */
export interface EvaluationWindow {
  /** The first sample to load. */
  readonly loadFrom: number;
  /** What to hand to `evaluate`. */
  readonly quietAt: number | null;
  /** Stored episodes that opened after this give way to those of the evaluation; earlier ones stand. */
  readonly replacesAfter: number;
}

/** @param changedFrom the earliest sample that is new, in seconds since the epoch */
export function windowOf(quietAt: number | null, changedFrom: number): EvaluationWindow {
  if (quietAt !== null && changedFrom > quietAt) {
    return { loadFrom: quietAt - LOOKBACK_SECONDS, quietAt, replacesAfter: quietAt };
  }
  return { loadFrom: changedFrom - REWIND_SECONDS, quietAt: null, replacesAfter: changedFrom - SETTLING_SECONDS };
}
