import { censoringOf, mgdlOf, unitOf } from '../../domain/glycemia/units.js';
import { freshnessOf, trendMgdlPerMinute } from '../../domain/glycemia/freshness.js';
import { judgeGoals } from '../../domain/glycemia/goals.js';
import { bandCounts, nativeHistogram } from '../../domain/glycemia/native-histogram.js';
import type { GlucoseMetrics } from '../../domain/glycemia/report.js';
import { displayedRanges } from '../../domain/glycemia/segments.js';
import type { GlucoseSeries } from '../../domain/glycemia/series.js';
import { type Coverage, DAYS_WANTED, sufficiencyLevel } from '../../domain/glycemia/sufficiency.js';
import type { GlucoseTargets } from '../../domain/glycemia/targets.js';
import type { LastSample } from '../readings/days.repository.js';
import type { LastReading, Overview } from './overview.schema.js';

/** The newest sample with how far it may stand for now. */
export function toLastReading(sample: LastSample, now: Date): LastReading {
  const ageSeconds = Math.max(0, now.getTime() / 1000 - sample.instant);
  return {
    measuredAt: new Date(sample.instant * 1000).toISOString(),
    value: sample.tenths / 10,
    unit: unitOf(sample.flags),
    mgdl: mgdlOf(sample.tenths, sample.flags),
    censored: censoringOf(sample.flags),
    freshness: freshnessOf(ageSeconds),
    ageMinutes: Math.floor(ageSeconds / 60),
  };
}

/** @param heardAt seconds since the epoch */
export const toUploader = (heardAt: number | null, now: Date): Overview['uploader'] =>
  heardAt === null
    ? null
    : {
        heardAt: new Date(heardAt * 1000).toISOString(),
        ageMinutes: Math.floor(Math.max(0, now.getTime() / 1000 - heardAt) / 60),
      };

/** The newest sample of a day with the trend that leads to it. */
export function toLiveReading(day: GlucoseSeries, now: Date): Overview['lastReading'] {
  const last = day.instants.length - 1;
  const instant = day.instants[last];
  if (instant === undefined) return null;
  const sample = { instant, tenths: day.tenths[last] ?? 0, flags: day.flags[last] ?? 0 };
  return { ...toLastReading(sample, now), trendMgdlPerMinute: trendMgdlPerMinute(day) };
}

export const toSufficiency = (coverage: Coverage): Overview['sufficiency'] => ({
  level: sufficiencyLevel(coverage),
  activePercent: coverage.activePercent,
  days: coverage.days,
  daysWanted: DAYS_WANTED,
});

/** The time-in-ranges bar as it is printed, with the goals judged on the unrounded values. */
export function toRanges(series: GlucoseSeries, targets: GlucoseTargets, metrics: GlucoseMetrics): Overview['ranges'] {
  const { segments, brackets, tightRange } = displayedRanges(bandCounts(nativeHistogram(series), targets), targets);
  return {
    segments: [...segments],
    brackets: [...brackets],
    tightRange,
    goals: judgeGoals(targets, {
      timeInRange: metrics.timeInRange,
      timeBelowRange: metrics.timeBelowRange,
      timeVeryLow: metrics.timeBelow54,
      timeAboveRange: metrics.timeAboveRange,
      timeVeryHigh: metrics.timeAbove250,
      cv: metrics.cv,
      gmi: metrics.gmi,
      mean: metrics.mean,
    }),
  };
}
