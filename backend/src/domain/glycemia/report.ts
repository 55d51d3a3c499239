import { localDayAt, type ZoneHistory } from '../time/zone-history.js';
import { type EpisodeReport, episodeReport, isoInstant } from './episode-report.js';
import { type MetricName, metricValues, type MetricValues } from './metric-values.js';
import { METRIC_VARIANTS } from './report-variants.js';
import { type GriZone, griZone } from './risk.js';
import type { GlucoseSeries } from './series.js';
import { type Coverage, coverageOf, daysOfPeriod, type Period, reasonAgainstGmi } from './sufficiency.js';
import {
  type GlucoseTargets,
  hasAdultRange,
  type TargetPreset,
  TARGETS,
  type TargetsInMgdl,
  targetsInMgdl,
} from './targets.js';
import { sliceSeries, type Timeline, timelineOf } from './timeline.js';

/** Every metric of a period; `null` where the data do not carry it, and then `reasons` says why. */
export type GlucoseMetrics = { readonly [Name in MetricName]: number | null } & { readonly griZone: GriZone | null };

/** The whole account of a period: mg/dL and percent whatever unit the person reads. */
export interface GlucoseReport {
  readonly from: string;
  readonly to: string;
  readonly targets: TargetsInMgdl;
  readonly coverage: Coverage;
  readonly metrics: GlucoseMetrics;
  readonly episodes: EpisodeReport;
  readonly reasons: Readonly<Record<string, string>>;
  readonly variants: typeof METRIC_VARIANTS;
}

export interface ReportOptions extends Period {
  readonly history: ZoneHistory;
  readonly preset: TargetPreset;
}

/**
 * Every metric of the canonical series within `[from, to)`, seconds since the epoch. Readings outside are ignored; local
 * days follow the zone the person lived in at that time.
 */
export function glucoseReport(series: GlucoseSeries, options: ReportOptions): GlucoseReport {
  const timeline = timelineOf(sliceSeries(series, options.from, options.to), options.history);
  return reportOfTimeline(timeline, options);
}

/** The same for a series that was sliced and laid out already, with which a caller can also draw the profile. */
export function reportOfTimeline(timeline: Timeline, options: ReportOptions): GlucoseReport {
  const targets = TARGETS[options.preset];
  const daysSpanned = daysOfPeriod(options, (instant) => localDayAt(options.history, instant));
  const coverage = coverageOf(timeline, options, daysSpanned);
  const { metrics, reasons } = withReasons(metricValues(timeline, targets), coverage, targets);
  return {
    from: isoInstant(options.from),
    to: isoInstant(options.to),
    targets: targetsInMgdl(targets),
    coverage,
    metrics,
    episodes: episodeReport(timeline, targets),
    reasons,
    variants: METRIC_VARIANTS,
  };
}

const NEEDS: Readonly<Partial<Record<MetricName, string>>> = {
  sd: 'needs at least 2 readings',
  cv: 'needs at least 2 readings',
  jIndex: 'needs at least 2 readings',
  cogi: 'needs at least 2 readings',
  grade: 'undefined at or below 18 mg/dL',
  gradeHypo: 'undefined where the GRADE score is zero or a value is at or below 18 mg/dL',
  gradeEu: 'undefined where the GRADE score is zero or a value is at or below 18 mg/dL',
  gradeHyper: 'undefined where the GRADE score is zero or a value is at or below 18 mg/dL',
  mage: 'no excursion beyond one SD within 160 minutes or more of gap-free readings',
  magePlus: 'no rise beyond one SD within 160 minutes or more of gap-free readings',
  mageMinus: 'no fall beyond one SD within 160 minutes or more of gap-free readings',
  modd: 'needs readings at the same time on two consecutive days',
  conga24: 'needs several pairs of readings 24 hours apart',
  labilityIndex: 'needs at least 24 pairs of readings one hour apart',
  sdOfDailyMeans: 'needs at least 2 days',
  sdBetweenDays: 'needs at least 2 days',
  sdBetweenDaysCorrected: 'needs at least 2 days',
  cvSd: 'needs at least 2 days',
};

function withReasons(values: MetricValues, coverage: Coverage, targets: GlucoseTargets) {
  const reasons: Record<string, string> = {};
  const against: Readonly<Record<string, string | undefined>> = reasonsAgainst(coverage, targets);
  const metrics: { [Name in MetricName]: number | null } = { ...values };
  for (const name of Object.keys(values).filter((key): key is MetricName => key in values)) {
    const reason = coverage.readings === 0 ? 'no readings in the period' : against[name];
    if (reason === undefined && Number.isFinite(values[name])) continue;
    metrics[name] = null;
    reasons[name] = reason ?? NEEDS[name] ?? 'too few readings close enough together';
  }
  if (coverage.readings === 0) reasons['episodes'] = 'no readings in the period';
  if (reasons['gri']) reasons['griZone'] = reasons['gri'];
  const zone = metrics.gri === null ? null : griZone(metrics.gri);
  return { metrics: { ...metrics, griZone: zone }, reasons };
}

function reasonsAgainst(coverage: Coverage, targets: GlucoseTargets): Partial<Record<MetricName, string>> {
  const gmi = reasonAgainstGmi(coverage);
  const gri = hasAdultRange(targets) ? null : 'published only for the range 70 to 180 mg/dL';
  return {
    ...(gmi === null ? {} : { gmi, gmiMmolPerMol: gmi }),
    ...(gri === null ? {} : { gri, griHypo: gri, griHyper: gri }),
  };
}
