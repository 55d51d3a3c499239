import type { Timeline } from './timeline.js';

/** The consensus asks for 14 days with at least 70 % of readings (Battelino 2019, 10.2337/dci19-0028). */
export const DAYS_WANTED = 14;
export const ACTIVE_PERCENT_WANTED = 70;
/** Below this many days with readings nothing is summarised as a pattern. */
export const DAYS_AT_LEAST = 3;
const GMI_DAYS_AT_LEAST = 10;

/** How much of a period was measured. */
export interface Coverage {
  /** Covered time over time elapsed in the period, percent. */
  readonly activePercent: number;
  /** Local days with readings. */
  readonly days: number;
  readonly readings: number;
  readonly sufficient: boolean;
}

/** `[from, to)` in seconds since the epoch; time after `now` has not elapsed yet. */
export interface Period {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/** Seconds of a period that have passed. */
export const elapsedSeconds = (period: Period): number => Math.max(0, Math.min(period.to, period.now) - period.from);

/** Local days that a period touches so far. */
export function daysOfPeriod(period: Period, localDayAt: (instant: number) => number): number {
  const end = Math.min(period.to, period.now);
  return end <= period.from ? 0 : localDayAt(end - 1) - localDayAt(period.from) + 1;
}

/** The coverage of a period, added up over its days. */
export const coverageOf = (timeline: Timeline, period: Period, daysSpanned: number): Coverage =>
  judgeCoverage({
    coveredSeconds: timeline.days.reduce((sum, slice) => sum + slice.coveredSeconds, 0),
    elapsedSeconds: elapsedSeconds(period),
    days: timeline.days.length,
    readings: timeline.count,
    daysSpanned,
  });

/** Coverage from its additive parts. */
export function judgeCoverage(parts: {
  coveredSeconds: number;
  elapsedSeconds: number;
  days: number;
  readings: number;
  daysSpanned: number;
}): Coverage {
  const activePercent =
    parts.elapsedSeconds === 0 ? 0 : Math.min(100, (100 * parts.coveredSeconds) / parts.elapsedSeconds);
  const sufficient = parts.daysSpanned >= DAYS_WANTED && activePercent >= ACTIVE_PERCENT_WANTED;
  return { activePercent, days: parts.days, readings: parts.readings, sufficient };
}

/** Why GMI may not be told for this coverage; `null` where it may. */
export function reasonAgainstGmi(coverage: Coverage): string | null {
  if (coverage.activePercent < ACTIVE_PERCENT_WANTED) {
    return `needs ${ACTIVE_PERCENT_WANTED} % active CGM time, found ${coverage.activePercent.toFixed(1)} %`;
  }
  return coverage.days < GMI_DAYS_AT_LEAST
    ? `needs ${GMI_DAYS_AT_LEAST} days with readings, found ${coverage.days}`
    : null;
}

export type SufficiencyLevel = 'sufficient' | 'partial' | 'insufficient';

/** How far the numbers of a period may be trusted. */
export const sufficiencyLevel = (coverage: Coverage): SufficiencyLevel => {
  if (coverage.days < DAYS_AT_LEAST) return 'insufficient';
  return coverage.sufficient ? 'sufficient' : 'partial';
};
