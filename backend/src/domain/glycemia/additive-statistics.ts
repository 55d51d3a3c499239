import { gmiPercent } from './glycemic-control.js';
import type { BandCounts } from './ranges.js';
import { type Coverage, judgeCoverage, reasonAgainstGmi } from './sufficiency.js';
import { gri } from './risk.js';
import { hasAdultRange, type TargetPreset, TARGETS } from './targets.js';
import { MGDL_PER_MMOLL } from './units.js';

/**
 * What a local day adds to any longer period: whole numbers only, so that a database can add days up and the result is
 * the same in any order. Sums are of tenths in the native unit; bands are judged there with the adult thresholds, beside
 * the two bounds of pregnancy, so that every preset can be read from them.
 */
export interface AdditiveStatistics extends BandCounts {
  readonly mgdlCount: number;
  readonly mgdlSumTenths: number;
  readonly mgdlSumSqTenths: number;
  readonly mmolCount: number;
  readonly mmolSumTenths: number;
  readonly mmolSumSqTenths: number;
  readonly below63: number;
  readonly above140: number;
  readonly coveredSeconds: number;
}

const NOTHING = {
  mgdlCount: 0,
  mgdlSumTenths: 0,
  mgdlSumSqTenths: 0,
  mmolCount: 0,
  mmolSumTenths: 0,
  mmolSumSqTenths: 0,
  veryLow: 0,
  low: 0,
  inRange: 0,
  high: 0,
  veryHigh: 0,
  tight: 0,
  below63: 0,
  above140: 0,
  coveredSeconds: 0,
} satisfies AdditiveStatistics;

const KEYS = Object.keys(NOTHING).filter((key): key is keyof AdditiveStatistics => key in NOTHING);

/** The sum of some days. */
export function addStatistics(rows: readonly AdditiveStatistics[]): AdditiveStatistics {
  const sum: Record<keyof AdditiveStatistics, number> = { ...NOTHING };
  for (const row of rows) for (const key of KEYS) sum[key] += row[key];
  return sum;
}

/** The exclusive bands of a preset: bands that it merges are empty. */
export function bandsOfPreset(sum: AdditiveStatistics, preset: TargetPreset): BandCounts {
  const { veryLow, low, inRange, high, veryHigh, tight, below63, above140 } = sum;
  if (preset === 'adult') return { veryLow, low, inRange, high, veryHigh, tight };
  if (preset === 'older') return { veryLow: 0, low: veryLow + low, inRange, high, veryHigh, tight };
  const within = sum.mgdlCount + sum.mmolCount - below63 - above140;
  return { veryLow, low: below63 - veryLow, inRange: within, high: above140, veryHigh: 0, tight };
}

/** Mean and SD (n - 1), mg/dL; NaN below one and two readings. */
export function momentsOf(sum: AdditiveStatistics): { mean: number; sd: number } {
  const count = sum.mgdlCount + sum.mmolCount;
  const mgdl = momentsOfUnit(sum.mgdlCount, sum.mgdlSumTenths, sum.mgdlSumSqTenths, 1);
  const mmol = momentsOfUnit(sum.mmolCount, sum.mmolSumTenths, sum.mmolSumSqTenths, MGDL_PER_MMOLL);
  const mean = (mgdl.mean * sum.mgdlCount + mmol.mean * sum.mmolCount) / count;
  const between = ((sum.mgdlCount * sum.mmolCount) / count) * (mgdl.mean - mmol.mean) ** 2;
  const squares = mgdl.squares + mmol.squares + between;
  return { mean, sd: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)) };
}

/** Mean and sum of squared deviations of one unit, in mg/dL. Whole numbers keep the difference of large squares exact. */
function momentsOfUnit(count: number, sumTenths: number, sumSqTenths: number, factor: number) {
  if (count === 0) return { mean: 0, squares: 0 };
  const scaled = exactDifference(count * sumSqTenths, sumTenths * sumTenths, count, sumSqTenths, sumTenths);
  return { mean: (factor * sumTenths) / 10 / count, squares: (factor * factor * scaled) / 100 / count };
}

/** Two products of whole numbers that a double holds differ exactly; larger ones are multiplied again as whole numbers of any size. */
function exactDifference(a: number, b: number, count: number, sumSqTenths: number, sumTenths: number): number {
  if (a <= Number.MAX_SAFE_INTEGER && b <= Number.MAX_SAFE_INTEGER) return a - b;
  return Number(BigInt(count) * BigInt(sumSqTenths) - BigInt(sumTenths) * BigInt(sumTenths));
}

/**
 * The headline numbers of a period, times in percent of readings; `null` where there is too little data, and the outer
 * bands also where the preset has none.
 */
export interface SummaryMetrics {
  readonly mean: number | null;
  readonly sd: number | null;
  readonly cv: number | null;
  readonly gmi: number | null;
  readonly timeVeryLow: number | null;
  readonly timeBelowRange: number | null;
  readonly timeInRange: number | null;
  readonly timeInTightRange: number | null;
  readonly timeAboveRange: number | null;
  readonly timeVeryHigh: number | null;
  readonly timeBelow54: number | null;
  readonly timeBelow70: number | null;
  readonly timeAbove180: number | null;
  readonly timeAbove250: number | null;
  /** `null` also for the presets whose range it was not published for. */
  readonly gri: number | null;
}

/** The exclusive shares of a preset, which say how urgent a person is. */
export type RangeShares = Pick<
  SummaryMetrics,
  'timeVeryLow' | 'timeBelowRange' | 'timeInRange' | 'timeAboveRange' | 'timeVeryHigh'
>;

/** The period that some days belong to; days without readings have no row, so the rows do not tell. */
export interface SummaryPeriod {
  readonly preset: TargetPreset;
  readonly elapsedSeconds: number;
  /** Local days that the period touches. */
  readonly daysSpanned: number;
}

export interface PeriodShares {
  readonly metrics: RangeShares;
  readonly coverage: Coverage;
  readonly bands: BandCounts;
}

export interface PeriodSummary extends PeriodShares {
  readonly metrics: SummaryMetrics;
}

/** The headline numbers of some local days, equal to those of the full report over the same days. */
export const metricsFromDayStatistics = (rows: readonly AdditiveStatistics[], period: SummaryPeriod): PeriodSummary =>
  summaryOf(addStatistics(rows), rows.length, period);

/** What says how urgent a person is, and nothing else: everybody of a panel is judged, of whom few are shown. */
export function sharesOf(sum: AdditiveStatistics, days: number, period: SummaryPeriod): PeriodShares {
  const { preset, elapsedSeconds, daysSpanned } = period;
  const readings = sum.mgdlCount + sum.mmolCount;
  const coverage = judgeCoverage({
    coveredSeconds: sum.coveredSeconds,
    elapsedSeconds,
    days,
    readings,
    daysSpanned,
  });
  const targets = TARGETS[preset];
  const bands = bandsOfPreset(sum, preset);
  const metrics: RangeShares = {
    timeVeryLow: targets.veryLowBelow && percentOf(bands.veryLow, readings),
    timeBelowRange: percentOf(bands.veryLow + bands.low, readings),
    timeInRange: percentOf(bands.inRange, readings),
    timeAboveRange: percentOf(bands.high + bands.veryHigh, readings),
    timeVeryHigh: targets.veryHighAbove && percentOf(bands.veryHigh, readings),
  };
  return { metrics, coverage, bands };
}

/** The same for days that were added up already, as a database does; `days` is the number of days with readings. */
export function summaryOf(sum: AdditiveStatistics, days: number, period: SummaryPeriod): PeriodSummary {
  const readings = sum.mgdlCount + sum.mmolCount;
  const { coverage, bands, metrics: shares } = sharesOf(sum, days, period);
  const targets = TARGETS[period.preset];
  const { mean, sd } = momentsOf(sum);
  const percent = (count: number): number | null => percentOf(count, readings);
  const metrics: SummaryMetrics = {
    mean: present(mean),
    sd: present(sd),
    cv: present((100 * sd) / mean),
    gmi: reasonAgainstGmi(coverage) === null ? present(gmiPercent(mean)) : null,
    ...shares,
    timeInTightRange: percent(bands.tight),
    timeBelow54: percent(sum.veryLow),
    timeBelow70: percent(sum.veryLow + sum.low),
    timeAbove180: percent(sum.high + sum.veryHigh),
    timeAbove250: percent(sum.veryHigh),
    gri: hasAdultRange(targets) ? griOf(sum, readings) : null,
  };
  return { metrics, coverage, bands };
}

function griOf({ veryLow, low, high, veryHigh }: BandCounts, readings: number): number | null {
  const percent = (count: number): number => (100 * count) / readings;
  return present(
    gri({ veryLow: percent(veryLow), low: percent(low), high: percent(high), veryHigh: percent(veryHigh) }),
  );
}

const percentOf = (count: number, readings: number): number | null => present((100 * count) / readings);

const present = (value: number): number | null => (Number.isFinite(value) ? value : null);
