import { gridStepMinutes, medianStepMinutes } from '../../glycemia/grid.js';
import type { GlucoseSeries } from '../../glycemia/series.js';
import { censoringOf, mgdlOf } from '../../glycemia/units.js';

/**
 * Readings further apart are not joined: a straight line would be a shape that nobody measured. The slowest sensors
 * report every quarter of an hour, give or take.
 */
export const BRIDGE_SECONDS = 20 * 60;
/** Sensors that report every minute are looked at every five: glucose has no shorter shapes. */
const SHORTEST_STEP_MINUTES = 5;
/** Between readings further apart nothing is known anyway. */
const LONGEST_STEP_MINUTES = BRIDGE_SECONDS / 60;

/** Glucose at a regular step of real time. Entry `t` stands for the instant `from + t * stepSeconds`. */
export interface EvenSeries {
  /** Seconds since the epoch, a multiple of the step. */
  readonly from: number;
  readonly stepSeconds: number;
  /** mg/dL; NaN where nothing was measured. */
  readonly mgdl: Float64Array;
  /** 1 where a reading beside it was at the limit of its sensor: the true curve went on beyond. */
  readonly censored: Uint8Array;
}

/**
 * A series on the step of its own sensor: the median step of its readings, 5 to 20 minutes. Values lie on the line
 * between the readings before and after; gaps stay gaps and keep their length, so that hours stay hours.
 * `null` for fewer than two readings.
 */
export function evenSeriesOf({ instants, tenths, flags }: GlucoseSeries): EvenSeries | null {
  if (instants.length < 2) return null;
  const median = gridStepMinutes(medianStepMinutes(instants));
  const stepSeconds = Math.min(LONGEST_STEP_MINUTES, Math.max(SHORTEST_STEP_MINUTES, median)) * 60;
  const from = Math.ceil(instants[0]! / stepSeconds) * stepSeconds;
  const count = Math.max(0, Math.floor((instants.at(-1)! - from) / stepSeconds) + 1);
  const mgdl = new Float64Array(count).fill(Number.NaN);
  const censored = new Uint8Array(count);
  const isCensored = (reading: number): boolean => censoringOf(flags[reading]!) !== null;
  let after = 0;
  for (let t = 0; t < count; t++) {
    const instant = from + t * stepSeconds;
    while (instants[after]! < instant) after++;
    const before = instants[after] === instant ? after : after - 1;
    const span = instants[after]! - instants[before]!;
    if (span > BRIDGE_SECONDS) continue;
    const [left, right] = [mgdlOf(tenths[before]!, flags[before]!), mgdlOf(tenths[after]!, flags[after]!)];
    mgdl[t] = span === 0 ? right : left + ((instant - instants[before]!) / span) * (right - left);
    censored[t] = Number(isCensored(before) || isCensored(after));
  }
  return { from, stepSeconds, mgdl, censored };
}

/** How many samples a window of so many minutes has; at least 3, which is the shortest shape. */
export const samplesOf = ({ stepSeconds }: EvenSeries, minutes: number): number =>
  Math.max(3, Math.round((minutes * 60) / stepSeconds));
