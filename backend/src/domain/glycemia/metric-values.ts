import { type Distribution, meanOfDistribution, quantileOfDistribution, sdOfDistribution } from './distribution.js';
import { episodesOf, without } from './episodes.js';
import { monitoredDays } from './episode-report.js';
import * as control from './glycemic-control.js';
import { type GlucoseGrid, glucoseGrid, gridStepMinutes, medianStepMinutes } from './grid.js';
import { MAGE_STEP_MINUTES, mageOf } from './mage.js';
import { bandCounts, countAbove, countBelow, mgdlDistribution, nativeHistogram } from './native-histogram.js';
import * as risk from './risk.js';
import { type GlucoseTargets, TARGETS, type Threshold, THRESHOLDS } from './targets.js';
import type { Timeline } from './timeline.js';
import * as variability from './variability.js';

/** Every metric as a number; NaN where the data do not carry it. */
export type MetricValues = ReturnType<typeof metricValues>;
export type MetricName = keyof MetricValues;

/** Computes every metric of a timeline: mg/dL, percent, or as the definition of each says. */
export function metricValues(timeline: Timeline, targets: GlucoseTargets) {
  const bins = nativeHistogram(timeline.series);
  const glucose = mgdlDistribution(bins);
  const mean = meanOfDistribution(glucose);
  const sd = sdOfDistribution(glucose);
  const percent = (count: number): number => (100 * count) / timeline.count;
  const own = bandCounts(bins, targets);
  const adult = bandCounts(bins, TARGETS.adult);
  const adultPercent = {
    veryLow: percent(adult.veryLow),
    low: percent(adult.low),
    high: percent(adult.high),
    veryHigh: percent(adult.veryHigh),
  };
  const timeBelow70 = percent(countBelow(bins, THRESHOLDS[70]));
  const overGrid = gridMetrics(timeline);
  const components = risk.griComponents(adultPercent);
  return {
    mean,
    median: quantileOfDistribution(glucose, 0.5),
    minimum: glucose.values[0] ?? Number.NaN,
    maximum: glucose.values.at(-1) ?? Number.NaN,
    sd,
    cv: (100 * sd) / mean,
    iqr: quantileOfDistribution(glucose, 0.75) - quantileOfDistribution(glucose, 0.25),
    mad: control.mad(glucose),
    gmi: control.gmiPercent(mean),
    gmiMmolPerMol: control.gmiMmolPerMol(mean),
    ea1c: control.ea1cPercent(mean),
    timeBelow54: percent(countBelow(bins, THRESHOLDS[54])),
    timeBelow63: percent(countBelow(bins, THRESHOLDS[63])),
    timeBelow70,
    timeAbove140: percent(countAbove(bins, THRESHOLDS[140])),
    timeAbove180: percent(countAbove(bins, THRESHOLDS[180])),
    timeAbove250: percent(countAbove(bins, THRESHOLDS[250])),
    timeInRange: percent(own.inRange),
    timeInTightRange: percent(own.tight),
    timeBelowRange: percent(own.veryLow + own.low),
    timeAboveRange: percent(own.high + own.veryHigh),
    gri: risk.gri(adultPercent),
    griHypo: components.hypo,
    griHyper: components.hyper,
    lbgi: risk.lbgi(glucose),
    hbgi: risk.hbgi(glucose),
    adrr: risk.adrr(dayExtremes(timeline)),
    cogi: risk.cogi(percent(adult.inRange), timeBelow70, sd),
    pgs: risk.pgs({
      gvp: overGrid.gvp,
      mean,
      timeInRange: percent(adult.inRange),
      ...pgsEvents(timeline),
    }),
    ...controlIndices(glucose, mean, sd),
    ...overGrid,
  };
}

function controlIndices(glucose: Distribution, mean: number, sd: number) {
  const hypoIndex = control.hypoIndex(glucose);
  const hyperIndex = control.hyperIndex(glucose);
  return {
    jIndex: control.jIndex(mean, sd),
    mValue: control.mValue(glucose, 90),
    grade: control.grade(glucose),
    gradeHypo: control.gradeShare(glucose, (mgdl) => mgdl < 70),
    gradeEu: control.gradeShare(glucose, (mgdl) => mgdl >= 70 && mgdl <= 140),
    gradeHyper: control.gradeShare(glucose, (mgdl) => mgdl > 140),
    hypoIndex,
    hyperIndex,
    igc: hypoIndex + hyperIndex,
  };
}

function gridMetrics(timeline: Timeline) {
  const grid = gridOf(timeline, gridStepMinutes(medianStepMinutes(timeline.series.instants)));
  const fine = grid.stepMinutes === MAGE_STEP_MINUTES ? grid : gridOf(timeline, MAGE_STEP_MINUTES);
  const mage = mageOf(fine);
  const sds = variability.sdFamily(grid);
  const cvs = variability.dailyCv(grid);
  return {
    mage: mage.average,
    magePlus: mage.plus,
    mageMinus: mage.minus,
    modd: variability.modd(grid),
    conga1: variability.conga(grid, 1),
    conga2: variability.conga(grid, 2),
    conga4: variability.conga(grid, 4),
    conga24: variability.conga(grid, 24),
    mag: variability.mag(grid),
    gvp: variability.gvp(grid),
    auc: variability.hourlyAuc(grid),
    sdRoc: variability.sdOfRateOfChange(grid),
    sdWithinDay: sds.within,
    sdOfDailyProfile: sds.ofProfile,
    sdWithinHour: sds.withinHour,
    sdOfDailyMeans: sds.ofDailyMeans,
    sdBetweenDays: sds.betweenDays,
    sdBetweenDaysCorrected: sds.betweenDaysCorrected,
    cvMean: cvs.mean,
    cvSd: cvs.sd,
    labilityIndex: variability.labilityIndex(grid),
  };
}

/** The day grid of a timeline; a step that is no number (fewer than two readings) becomes five minutes. */
export function gridOf(timeline: Timeline, stepMinutes: number): GlucoseGrid {
  const step = Number.isNaN(stepMinutes) ? MAGE_STEP_MINUTES : stepMinutes;
  const series = { instants: timeline.series.instants, mgdl: timeline.mgdl };
  return glucoseGrid(series, timeline.spans, timeline.days[0]?.day ?? 0, step);
}

function dayExtremes({ days, mgdl }: Timeline): risk.DayExtremes[] {
  return days.map((slice) => {
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = slice.start; i < slice.end; i++) {
      lowest = Math.min(lowest, mgdl[i] ?? lowest);
      highest = Math.max(highest, mgdl[i] ?? highest);
    }
    return { lowest, highest };
  });
}

/** Hypoglycaemia events a week as the personal glycaemic state counts them; those below 70 leave out the graver ones. */
function pgsEvents(timeline: Timeline) {
  const events = (threshold: Threshold) =>
    episodesOf(timeline, { side: 'low', threshold, startMinutes: 20, startIsExclusive: false, endMinutes: 30 });
  const graver = events(THRESHOLDS[54]);
  const milder = without(events(THRESHOLDS[70]), graver);
  const weeks = monitoredDays(timeline) / 7;
  return { eventsBelow54PerWeek: graver.length / weeks, eventsBelow70PerWeek: milder.length / weeks };
}
