import { LEVELS, MEDIAN_LEVEL, STEPS } from './horizons.js';
import { clamp, type QuantileForecast, quantileOf } from './quantile-forecast.js';

/** The intervals of a forecast, the widest first: the levels at both ends, and how often a value is to lie within. */
export const INTERVALS = LEVELS.slice(0, MEDIAN_LEVEL).map((level, lower) => ({
  lower,
  upper: LEVELS.length - 1 - lower,
  coverage: 1 - 2 * level,
}));

/** mg/dL by which the ends of each interval move outwards; a row per step, a column per interval of `INTERVALS`. */
export interface Calibration {
  readonly mgdl: Float64Array;
}

/** A sum such as (9 + 1) 0.8 must not come out as 8.000000000000002 and ask for the next. */
const SLACK = 1e-9;

/**
 * The value that a new one of the same kind stays at or below with probability `coverage`: the ⌈(n + 1) coverage⌉-th
 * smallest (Vovk, Gammerman and Shafer 2005, 10.1007/b106715). Infinite where there are too few for that.
 */
export function conformalQuantile(scores: readonly number[] | Float64Array, coverage: number): number {
  const sorted = Float64Array.from(scores).sort();
  const rank = Math.ceil((sorted.length + 1) * coverage - SLACK);
  if (rank < 1) return Number.NEGATIVE_INFINITY;
  return sorted[rank - 1] ?? Number.POSITIVE_INFINITY;
}

/**
 * The same where scores come in groups that are alike within, such as the hours of one person, and a new one belongs to
 * another: each group counts alike, and it is their number that says how much is known (pooled distribution functions of
 * Dunn, Wasserman and Ramdas 2022, 10.1080/01621459.2022.2060112, with k + 1 for k so that groups of one give the plain
 * rule). Empty groups do not count.
 */
export function groupedQuantile(groups: readonly (readonly number[])[], coverage: number): number {
  const filled = groups.filter((group) => group.length > 0);
  const weighted = filled.flatMap((group) => group.map((score) => ({ score, weight: 1 / group.length })));
  weighted.sort((a, b) => a.score - b.score);
  const wanted = (filled.length + 1) * coverage - SLACK;
  if (wanted <= 0) return Number.NEGATIVE_INFINITY;
  let sum = 0;
  return weighted.find(({ weight }) => (sum += weight) >= wanted)?.score ?? Number.POSITIVE_INFINITY;
}

/** How far a value lies outside an interval, mg/dL; negative inside (Romano, Patterson and Candès 2019, arXiv 1905.03222). */
export const outsideness = (lower: number, upper: number, value: number): number =>
  Math.max(lower - value, value - upper);

/**
 * Conformalised quantile regression from forecasts and what came, each interval of each step for itself.
 * @param actual a row per forecast: a value per step in mg/dL, NaN where none is known
 * @param groups the group of each forecast, counted from 0; without them each is one of its own
 * @returns `null` where a step has too few values for one of its intervals
 */
export function calibrate(
  forecasts: readonly QuantileForecast[],
  actual: ArrayLike<number>,
  groups: ArrayLike<number> | null = null,
): Calibration | null {
  const mgdl = new Float64Array(STEPS * INTERVALS.length);
  for (let step = 1; step <= STEPS; step++) {
    for (const [place, { lower, upper, coverage }] of INTERVALS.entries()) {
      const scores: number[][] = [];
      for (const [i, forecast] of forecasts.entries()) {
        const value = actual[i * STEPS + step - 1]!;
        if (Number.isNaN(value)) continue;
        const outside = outsideness(quantileOf(forecast, step, lower), quantileOf(forecast, step, upper), value);
        (scores[groups ? groups[i]! : i] ??= []).push(outside);
      }
      const widening = groupedQuantile(Object.values(scores), coverage);
      if (!Number.isFinite(widening)) return null;
      mgdl[(step - 1) * INTERVALS.length + place] = widening;
    }
  }
  return { mgdl };
}

/** A forecast with its intervals moved. The median stays; an interval stays within the next wider one. */
export function calibrated(forecast: QuantileForecast, { mgdl: widening }: Calibration): QuantileForecast {
  const mgdl = forecast.mgdl.slice();
  for (let step = 0; step < STEPS; step++) {
    const row = mgdl.subarray(step * LEVELS.length, (step + 1) * LEVELS.length);
    for (let place = INTERVALS.length - 1; place >= 0; place--) {
      const { lower, upper } = INTERVALS[place]!;
      const by = widening[step * INTERVALS.length + place]!;
      row[lower] = Math.min(clamp(row[lower]! - by), row[lower + 1]!);
      row[upper] = Math.max(clamp(row[upper]! + by), row[upper - 1]!);
    }
  }
  return { lastMgdl: forecast.lastMgdl, mgdl };
}
