import type { PersonHistory } from '../causality/person-history.js';
import { evenSeriesOf } from '../patterns/time-axis/even-series.js';
import { minuteOfDayAt } from '../time/zone-history.js';

/** A stretch of time, in seconds since the epoch; `until` is the instant of its last sample. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

export interface Trace extends Stretch {
  /** What the person's clock showed at its beginning, so that it can be laid over usual days. */
  readonly startMinuteOfDay: number;
  readonly stepMinutes: number;
  /** mg/dL, one for each step from the beginning on; `null` where nothing is known. */
  readonly mgdl: Array<number | null>;
}

/** The glucose of stretches on the step they were compared on, so that a picture of them shows what was compared. */
export function tracesOf(
  { glucose, zones }: Pick<PersonHistory, 'glucose' | 'zones'>,
  stretches: readonly Stretch[],
): Trace[] {
  const series = evenSeriesOf(glucose);
  if (!series) return [];
  const { stepSeconds } = series;
  const entry = (instant: number): number => Math.round((instant - series.from) / stepSeconds);
  return stretches.map(({ from, until }) => {
    const [first, last] = [entry(from), entry(until)];
    const mgdl = Array.from({ length: last - first + 1 }, (_, step) => {
      const value = series.mgdl[first + step] ?? Number.NaN;
      return Number.isNaN(value) ? null : Math.round(value * 10) / 10;
    });
    return { from, until, startMinuteOfDay: minuteOfDayAt(zones, from), stepMinutes: stepSeconds / 60, mgdl };
  });
}
