import { parkesZone, PARKES_ZONES, type ParkesZone } from './parkes-grid.js';

/** What was said of an instant and what came. mg/dL. */
export interface ScoredValue {
  readonly median: number;
  readonly actual: number;
}

export interface ScoredInterval {
  readonly lower: number;
  readonly upper: number;
  readonly actual: number;
}

/** Root of the mean squared error of the median, mg/dL; `null` of nothing. */
export const rmse = (values: readonly ScoredValue[]): number | null =>
  values.length === 0 ? null : Math.sqrt(meanOf(values, ({ median, actual }) => (median - actual) ** 2));

/** Mean absolute error of the median, mg/dL; `null` of nothing. */
export const mae = (values: readonly ScoredValue[]): number | null =>
  values.length === 0 ? null : meanOf(values, ({ median, actual }) => Math.abs(median - actual));

/** Share of values within their intervals, 0 to 1, ends included; `null` of nothing. */
export const coverageOf = (intervals: readonly ScoredInterval[]): number | null =>
  intervals.length === 0
    ? null
    : meanOf(intervals, ({ lower, upper, actual }) => Number(actual >= lower && actual <= upper));

/** Mean width, mg/dL; `null` of nothing. */
export const widthOf = (intervals: readonly ScoredInterval[]): number | null =>
  intervals.length === 0 ? null : meanOf(intervals, ({ lower, upper }) => upper - lower);

/** Share of forecasts in each zone of the Parkes error grid, 0 to 1; `null` of nothing. */
export function parkesShares(values: readonly ScoredValue[]): Readonly<Record<ParkesZone, number>> | null {
  if (values.length === 0) return null;
  const shares = Object.fromEntries(PARKES_ZONES.map((zone) => [zone, 0])) as Record<ParkesZone, number>;
  for (const { actual, median } of values) shares[parkesZone(actual, median)] += 1 / values.length;
  return shares;
}

/** The middle value, or the mean of the middle two; `null` of nothing. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}

const meanOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0) / items.length;
