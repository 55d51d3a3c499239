import { type Band, type BandCounts, BANDS } from './ranges.js';
import type { GlucoseTargets, Threshold } from './targets.js';

/** A bound in both units. */
export interface BoundInUnits {
  readonly mgdl: number;
  readonly mmoll: number;
}

/** One segment of the time-in-ranges bar. */
export interface RangeSegment {
  readonly band: Band;
  /** Unrounded. */
  readonly percent: number | null;
  /** Whole percent reconciled to a sum of 100; `<1` where there was some but less than one; empty without data. */
  readonly display: string;
  readonly minutesPerDay: number | null;
  /** `null` where the band is open. */
  readonly low: BoundInUnits | null;
  readonly high: BoundInUnits | null;
}

/** A share with its reconciled text. */
export interface DisplayedShare {
  readonly percent: number | null;
  readonly display: string;
}

/** The bar, very high first, with its sums below and above the range. */
export interface DisplayedRanges {
  readonly segments: readonly RangeSegment[];
  readonly brackets: ReadonlyArray<DisplayedShare & { readonly code: 'below' | 'above' }>;
  readonly tightRange: DisplayedShare;
}

/**
 * Whole numbers in proportion to `counts` that add up to `sum`: each is rounded down and what is left goes to the largest
 * remainders; of equal ones to the first. Counts of zero get nothing.
 */
export function apportion(counts: readonly number[], sum: number): number[] {
  const total = counts.reduce((all, count) => all + count, 0);
  if (total === 0) return counts.map(() => 0);
  return distribute(
    counts.map((count) => count * sum),
    total,
    sum,
  );
}

function distribute(scaled: readonly number[], unit: number, sum: number): number[] {
  const whole = scaled.map((value) => Math.floor(value / unit));
  const missing = sum - whole.reduce((all, value) => all + value, 0);
  const byRemainder = scaled
    .map((value, index) => ({ index, remainder: value % unit }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}

/**
 * Percentages as they are printed. The sums below and above the range are reconciled first and each band to its sum, so
 * that the bar adds up to 100 and every bracket to its bands; on a tie the lower-risk band gains.
 */
export function displayedRanges(counts: BandCounts, targets: GlucoseTargets): DisplayedRanges {
  const below = counts.veryLow + counts.low;
  const above = counts.high + counts.veryHigh;
  const total = below + counts.inRange + above;
  const [inRange = 0, wholeAbove = 0, wholeBelow = 0] = apportion([counts.inRange, above, below], 100);
  const [low = 0, veryLow = 0] = distribute([counts.low * 100, counts.veryLow * 100], total || 1, wholeBelow);
  const [high = 0, veryHigh = 0] = distribute([counts.high * 100, counts.veryHigh * 100], total || 1, wholeAbove);
  const whole: Record<Band, number> = { veryLow, low, inRange, high, veryHigh };
  const share = (count: number, rounded: number): DisplayedShare => ({
    percent: total === 0 ? null : (100 * count) / total,
    display: total === 0 ? '' : displayPercent(count, rounded),
  });
  return {
    segments: BANDS.toReversed()
      .filter((band) => hasBand(band, targets))
      .map((band) => ({
        band,
        ...share(counts[band], whole[band]),
        minutesPerDay: total === 0 ? null : (1440 * counts[band]) / total,
        ...boundsOf(band, targets),
      })),
    brackets: [
      { code: 'below', ...share(below, wholeBelow) },
      { code: 'above', ...share(above, wholeAbove) },
    ],
    tightRange: share(counts.tight, Math.round((100 * counts.tight) / (total || 1))),
  };
}

const displayPercent = (count: number, rounded: number): string =>
  count > 0 && rounded === 0 ? '<1' : String(rounded);

function hasBand(band: Band, targets: GlucoseTargets): boolean {
  if (band === 'veryLow') return targets.veryLowBelow !== null;
  return band !== 'veryHigh' || targets.veryHighAbove !== null;
}

const inUnits = (at: Threshold | null): BoundInUnits | null =>
  at && { mgdl: at.mgdlTenths / 10, mmoll: at.mmolTenths / 10 };

function boundsOf(band: Band, targets: GlucoseTargets): { low: BoundInUnits | null; high: BoundInUnits | null } {
  const { veryLowBelow, low, high, veryHighAbove } = targets;
  const bounds: Record<Band, [Threshold | null, Threshold | null]> = {
    veryLow: [null, veryLowBelow],
    low: [veryLowBelow, low],
    inRange: [low, high],
    high: [high, veryHighAbove],
    veryHigh: [veryHighAbove, null],
  };
  return { low: inUnits(bounds[band][0]), high: inUnits(bounds[band][1]) };
}
