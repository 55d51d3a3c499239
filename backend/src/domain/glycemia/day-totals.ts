import { bandOf, isTight } from './ranges.js';
import type { GlucoseSeries } from './series.js';
import { TARGETS, thresholdTenths, THRESHOLDS } from './targets.js';
import { FLAG_MMOL } from './units.js';

/**
 * What days add up by: whole numbers, so that any sum is exact and in any order the same. Bands are judged in the native
 * unit with the adult thresholds; `below63` and `above140` are the bounds of pregnancy.
 */
export interface DayTotals {
  readonly mgdlCount: number;
  readonly mgdlSumTenths: number;
  /** Sum of the squares of tenths of mg/dL. */
  readonly mgdlSumSqTenths: number;
  readonly mmolCount: number;
  readonly mmolSumTenths: number;
  readonly mmolSumSqTenths: number;
  readonly veryLow: number;
  readonly low: number;
  readonly inRange: number;
  readonly high: number;
  readonly veryHigh: number;
  /** 70 to 140 mg/dL. */
  readonly tight: number;
  readonly below63: number;
  readonly above140: number;
  /** Extremes in tenths of each unit; `null` where no sample is in that unit. */
  readonly mgdlMinTenths: number | null;
  readonly mgdlMaxTenths: number | null;
  readonly mmolMinTenths: number | null;
  readonly mmolMaxTenths: number | null;
}

/** Adds up the samples of one day. */
export function dayTotals({ tenths, flags }: GlucoseSeries): DayTotals {
  const bands = { veryLow: 0, low: 0, inRange: 0, high: 0, veryHigh: 0 };
  const units = [emptyUnit(), emptyUnit()] as const;
  let tight = 0;
  let below63 = 0;
  let above140 = 0;
  for (let i = 0; i < tenths.length; i++) {
    const value = tenths[i] ?? 0;
    const flag = flags[i] ?? 0;
    bands[bandOf(value, flag, TARGETS.adult)]++;
    if (isTight(value, flag)) tight++;
    if (value < thresholdTenths(THRESHOLDS[63], flag)) below63++;
    if (value > thresholdTenths(THRESHOLDS[140], flag)) above140++;
    const unit = units[(flag & FLAG_MMOL) === 0 ? 0 : 1];
    unit.count++;
    unit.sum += value;
    unit.sumSquare += value * value;
    unit.min = Math.min(unit.min, value);
    unit.max = Math.max(unit.max, value);
  }
  const [mgdl, mmol] = units;
  return {
    ...bands,
    tight,
    below63,
    above140,
    mgdlCount: mgdl.count,
    mgdlSumTenths: mgdl.sum,
    mgdlSumSqTenths: mgdl.sumSquare,
    mgdlMinTenths: mgdl.count === 0 ? null : mgdl.min,
    mgdlMaxTenths: mgdl.count === 0 ? null : mgdl.max,
    mmolCount: mmol.count,
    mmolSumTenths: mmol.sum,
    mmolSumSqTenths: mmol.sumSquare,
    mmolMinTenths: mmol.count === 0 ? null : mmol.min,
    mmolMaxTenths: mmol.count === 0 ? null : mmol.max,
  };
}

const emptyUnit = () => ({
  count: 0,
  sum: 0,
  sumSquare: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
});
