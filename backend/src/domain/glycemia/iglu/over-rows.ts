import { localDay } from '../../time/zone.js';
import {
  type Distribution,
  distributionOf,
  meanOfDistribution,
  percentWhere,
  quantileOfDistribution,
  sdOfDistribution,
} from '../distribution.js';
import * as control from '../glycemic-control.js';
import * as risk from '../risk.js';
import type { IgluSubject } from './subject.js';

/** One row of a table: column to value. */
export type IgluRow = Readonly<Record<string, string | number | null>>;
export type Columns = Readonly<Record<string, string | number>>;

const between = (glucose: Distribution, low: number, high: number): number =>
  percentWhere(glucose, (mgdl) => mgdl >= low && mgdl <= high);
const below = (glucose: Distribution, limit: number): number => percentWhere(glucose, (mgdl) => mgdl < limit);
const above = (glucose: Distribution, limit: number): number => percentWhere(glucose, (mgdl) => mgdl > limit);

/** What iglu computes over the rows themselves, repeated instants included, without any grid. */
export const OVER_ROWS: Readonly<Record<string, (subject: IgluSubject) => Columns>> = {
  mean_glu: ({ glucose }) => ({ mean: meanOfDistribution(glucose) }),
  median_glu: ({ glucose }) => ({ median: quantileOfDistribution(glucose, 0.5) }),
  sd_glu: ({ glucose }) => ({ SD: sdOfDistribution(glucose) }),
  cv_glu: ({ glucose }) => ({ CV: (100 * sdOfDistribution(glucose)) / meanOfDistribution(glucose) }),
  range_glu: ({ glucose }) => ({ range: quantileOfDistribution(glucose, 1) - quantileOfDistribution(glucose, 0) }),
  iqr_glu: ({ glucose }) => ({ IQR: quantileOfDistribution(glucose, 0.75) - quantileOfDistribution(glucose, 0.25) }),
  quantile_glu: ({ glucose }) => quantiles(glucose),
  summary_glu: ({ glucose }) => ({
    'Min.': quantileOfDistribution(glucose, 0),
    '1st Qu.': quantileOfDistribution(glucose, 0.25),
    Median: quantileOfDistribution(glucose, 0.5),
    Mean: meanOfDistribution(glucose),
    '3rd Qu.': quantileOfDistribution(glucose, 0.75),
    'Max.': quantileOfDistribution(glucose, 1),
  }),
  mad_glu: ({ glucose }) => ({ MAD: control.mad(glucose) }),
  gmi: ({ glucose }) => ({ GMI: control.gmiPercent(meanOfDistribution(glucose)) }),
  ea1c: ({ glucose }) => ({ eA1C: control.ea1cPercent(meanOfDistribution(glucose)) }),
  gri: ({ meanOfInstant }) => ({ GRI: glycemiaRiskIndex(distributionOf(meanOfInstant.mgdl)) }),
  cogi: ({ glucose }) => ({
    COGI: risk.cogi(between(glucose, 70, 180), below(glucose, 70), sdOfDistribution(glucose)),
  }),
  below_percent: ({ glucose }) => ({
    below_54: below(glucose, 54),
    below_63: below(glucose, 63),
    below_70: below(glucose, 70),
    below_80: below(glucose, 80),
  }),
  above_percent: ({ glucose }) => ({
    above_140: above(glucose, 140),
    above_180: above(glucose, 180),
    above_250: above(glucose, 250),
    above_300: above(glucose, 300),
  }),
  in_range_percent: ({ glucose }) => ({
    in_range_180_250: between(glucose, 180, 250),
    in_range_181_250: between(glucose, 181, 250),
    in_range_54_69: between(glucose, 54, 69),
    in_range_54_70: between(glucose, 54, 70),
    in_range_63_140: between(glucose, 63, 140),
    in_range_70_140: between(glucose, 70, 140),
    in_range_70_180: between(glucose, 70, 180),
  }),
  adrr: (subject) => ({ ADRR: risk.adrr(dayExtremes(subject)) }),
  lbgi: ({ glucose }) => ({ LBGI: risk.lbgi(glucose) }),
  hbgi: ({ glucose }) => ({ HBGI: risk.hbgi(glucose) }),
  hyper_index: ({ glucose }) => ({ hyper_index: control.hyperIndex(glucose) }),
  hypo_index: ({ glucose }) => ({ hypo_index: control.hypoIndex(glucose) }),
  igc: ({ glucose }) => ({ IGC: control.hypoIndex(glucose) + control.hyperIndex(glucose) }),
  grade: ({ glucose }) => ({ GRADE: control.grade(glucose) }),
  grade_eugly: ({ glucose }) => ({ GRADE_eugly: eugly(glucose, 70, 140) }),
  grade_hyper: ({ glucose }) => ({ GRADE_hyper: control.gradeShare(glucose, (mgdl) => mgdl > 140) }),
  // The paper splits at 70; this default makes the three shares exceed 100 %.
  grade_hypo: ({ glucose }) => ({ GRADE_hypo: control.gradeShare(glucose, (mgdl) => mgdl < 80) }),
  grade_hypo_70: ({ glucose }) => ({ GRADE_hypo: control.gradeShare(glucose, (mgdl) => mgdl < 70) }),
  'grade_eugly_70.2_140.4': ({ glucose }) => ({ GRADE_eugly: eugly(glucose, 70.2, 140.4) }),
  j_index: ({ glucose }) => ({ J_index: control.jIndex(meanOfDistribution(glucose), sdOfDistribution(glucose)) }),
  m_value_90: ({ glucose }) => ({ M_value: control.mValue(glucose, 90) }),
  m_value_120: ({ glucose }) => ({ M_value: control.mValue(glucose, 120) }),
  mage_naive: ({ glucose }) => ({ MAGE: naiveMage(glucose) }),
};

function quantiles(glucose: Distribution): Columns {
  const percents = [0, 5, 10, 25, 50, 75, 90, 95, 100];
  return Object.fromEntries(percents.map((p) => [String(p), quantileOfDistribution(glucose, p / 100)]));
}

const eugly = (glucose: Distribution, low: number, high: number): number =>
  control.gradeShare(glucose, (mgdl) => mgdl >= low && mgdl <= high);

function glycemiaRiskIndex(glucose: Distribution): number {
  return risk.gri({
    veryLow: below(glucose, 54),
    low: percentWhere(glucose, (mgdl) => mgdl >= 54 && mgdl < 70),
    high: percentWhere(glucose, (mgdl) => mgdl > 180 && mgdl <= 250),
    veryHigh: above(glucose, 250),
  });
}

/** Mean distance from the mean of the values beyond one SD. */
function naiveMage(glucose: Distribution): number {
  const mean = meanOfDistribution(glucose);
  const sd = sdOfDistribution(glucose);
  let sum = 0;
  let count = 0;
  glucose.values.forEach((mgdl, i) => {
    const distance = Math.abs(mgdl - mean);
    if (!(distance > sd)) return;
    sum += distance * (glucose.counts[i] ?? 0);
    count += glucose.counts[i] ?? 0;
  });
  return sum / count;
}

function dayExtremes({ rows, zone }: IgluSubject): risk.DayExtremes[] {
  const days = new Map<number, { lowest: number; highest: number }>();
  rows.mgdl.forEach((mgdl, i) => {
    const day = localDay(zone, rows.instants[i] ?? 0);
    const extremes = days.get(day);
    days.set(day, {
      lowest: Math.min(extremes?.lowest ?? mgdl, mgdl),
      highest: Math.max(extremes?.highest ?? mgdl, mgdl),
    });
  });
  return [...days.values()];
}
