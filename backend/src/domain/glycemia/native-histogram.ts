import { type Distribution, distributionOfPairs } from './distribution.js';
import { bandOf, type BandCounts, isTight } from './ranges.js';
import type { GlucoseSeries } from './series.js';
import { type GlucoseTargets, type Threshold, thresholdTenths } from './targets.js';
import { FLAG_MMOL, mgdlOf } from './units.js';

/** One native value and how often it was read. */
export interface NativeBin {
  readonly tenths: number;
  /** Only the unit bit. */
  readonly flags: number;
  readonly count: number;
}

/** Metrics, ranges and profile of a report begin with the same one. */
const whole = new WeakMap<GlucoseSeries, readonly NativeBin[]>();

/** The distinct native values of a series with their counts, mg/dL first, ascending within a unit. */
export function nativeHistogram(series: GlucoseSeries): readonly NativeBin[] {
  let bins = whole.get(series);
  if (!bins) whole.set(series, (bins = histogramOf(series)));
  return bins;
}

function histogramOf({ tenths, flags }: GlucoseSeries): NativeBin[] {
  let highest = 0;
  for (let i = 0; i < tenths.length; i++) if (tenths[i]! > highest) highest = tenths[i]!;
  const counts = new Float64Array((highest + 1) * 2);
  for (let i = 0; i < tenths.length; i++) counts[(flags[i]! & FLAG_MMOL) * (highest + 1) + tenths[i]!]!++;
  const bins: NativeBin[] = [];
  counts.forEach((count, bin) => {
    if (count > 0) bins.push({ tenths: bin % (highest + 1), flags: bin > highest ? FLAG_MMOL : 0, count });
  });
  return bins;
}

/** The same values in mg/dL. */
export const mgdlDistribution = (bins: readonly NativeBin[]): Distribution =>
  distributionOfPairs(bins.map((bin) => [mgdlOf(bin.tenths, bin.flags), bin.count]));

/** Readings per band of a preset. */
export function bandCounts(bins: readonly NativeBin[], targets: GlucoseTargets): BandCounts {
  const counts = { veryLow: 0, low: 0, inRange: 0, high: 0, veryHigh: 0, tight: 0 };
  for (const bin of bins) {
    counts[bandOf(bin.tenths, bin.flags, targets)] += bin.count;
    if (isTight(bin.tenths, bin.flags)) counts.tight += bin.count;
  }
  return counts;
}

/** Readings strictly below a threshold, judged in their native unit. */
export const countBelow = (bins: readonly NativeBin[], at: Threshold): number =>
  bins.reduce((sum, bin) => sum + (bin.tenths < thresholdTenths(at, bin.flags) ? bin.count : 0), 0);

/** Readings strictly above a threshold, judged in their native unit. */
export const countAbove = (bins: readonly NativeBin[], at: Threshold): number =>
  bins.reduce((sum, bin) => sum + (bin.tenths > thresholdTenths(at, bin.flags) ? bin.count : 0), 0);
