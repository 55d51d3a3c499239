import { type GlucoseTargets, thresholdTenths, THRESHOLDS } from './targets.js';

/** The exclusive bands of a day, lowest first. */
export const BANDS = ['veryLow', 'low', 'inRange', 'high', 'veryHigh'] as const;
export type Band = (typeof BANDS)[number];

/**
 * The band of a sample, judged in its native unit: both bounds of the target belong to the target. Where a preset has
 * no very low or very high band its readings count as low or high.
 */
export function bandOf(tenths: number, flags: number, targets: GlucoseTargets): Band {
  if (tenths < thresholdTenths(targets.low, flags)) {
    return targets.veryLowBelow && tenths < thresholdTenths(targets.veryLowBelow, flags) ? 'veryLow' : 'low';
  }
  if (tenths <= thresholdTenths(targets.high, flags)) return 'inRange';
  return targets.veryHighAbove && tenths > thresholdTenths(targets.veryHighAbove, flags) ? 'veryHigh' : 'high';
}

/** True within 70 to 140 mg/dL (3.9 to 7.8 mmol/L), judged in the native unit. */
export const isTight = (tenths: number, flags: number): boolean =>
  tenths >= thresholdTenths(THRESHOLDS[70], flags) && tenths <= thresholdTenths(THRESHOLDS[140], flags);

/** Readings per exclusive band; `tight` overlaps the others. */
export interface BandCounts {
  readonly veryLow: number;
  readonly low: number;
  readonly inRange: number;
  readonly high: number;
  readonly veryHigh: number;
  readonly tight: number;
}
