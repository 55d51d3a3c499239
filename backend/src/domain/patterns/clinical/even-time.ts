import type { EvenSeries } from '../time-axis/even-series.js';

/** Less than this share of a span measured, and nothing is said of it. */
const MEASURED_SHARE = 0.7;

/** The values of `[from, to)` seconds since the epoch; null where too little of it was measured. */
export function valuesOf(
  { from: start, stepSeconds, mgdl }: EvenSeries,
  from: number,
  to: number,
): Float64Array | null {
  const first = Math.ceil((from - start) / stepSeconds);
  const end = Math.max(first + 1, Math.ceil((to - start) / stepSeconds));
  if (first < 0 || end > mgdl.length) return null;
  const known = mgdl.subarray(first, end).filter((value) => !Number.isNaN(value));
  return known.length < MEASURED_SHARE * (end - first) ? null : known;
}

export const highestOf = (values: Float64Array): number =>
  values.reduce((high, value) => Math.max(high, value), -Infinity);
