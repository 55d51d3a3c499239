import { type Distribution, mapDistribution, meanOver, quantileOfDistribution, sumOver } from './distribution.js';
import { MGDL_PER_MMOLL } from './units.js';

/** Glucose management indicator, % NGSP, of a mean in mg/dL (Bergenstal 2018, 10.2337/dc18-1581). */
export const gmiPercent = (meanMgdl: number): number => 3.31 + 0.02392 * meanMgdl;

/** The same in mmol/mol (IFCC). */
export const gmiMmolPerMol = (meanMgdl: number): number => 12.71 + (4.70587 * meanMgdl) / MGDL_PER_MMOLL;

/** Estimated A1c, %, of a mean in mg/dL (Nathan 2008, 10.2337/dc08-0545). */
export const ea1cPercent = (meanMgdl: number): number => (meanMgdl + 46.7) / 28.7;

/** J-index of mean and SD in mg/dL (Wojcicki 1995, 10.1055/s-2007-979906). */
export const jIndex = (mean: number, sd: number): number => 0.001 * (mean + sd) ** 2;

/** M-value without the range term; `reference` in mg/dL (Schlichtkrull 1965, 10.1111/j.0954-6820.1965.tb01810.x). */
export const mValue = (glucose: Distribution, reference: number): number =>
  meanOver(glucose, (mgdl) => Math.abs(10 * Math.log10(mgdl / reference)) ** 3);

/** Median absolute deviation from the median, scaled by 1.4826 to estimate an SD, mg/dL. */
export function mad(glucose: Distribution): number {
  const median = quantileOfDistribution(glucose, 0.5);
  return (
    1.4826 *
    quantileOfDistribution(
      mapDistribution(glucose, (mgdl) => Math.abs(mgdl - median)),
      0.5,
    )
  );
}

/**
 * GRADE score of one value in mg/dL, 0 to 50 (Hill 2007, 10.1111/j.1464-5491.2007.02119.x, eq. 1; its own factor of 18).
 * NaN at or below 18 mg/dL, where the double logarithm is undefined.
 */
const gradeScore = (mgdl: number): number => Math.min(50, 425 * (Math.log10(Math.log10(mgdl / 18)) + 0.16) ** 2);

/** Mean GRADE score. */
export const grade = (glucose: Distribution): number => meanOver(glucose, gradeScore);

/** Percent of the GRADE score that values in a band contribute. */
export const gradeShare = (glucose: Distribution, isInBand: (mgdl: number) => boolean): number =>
  (100 * sumOver(glucose, (mgdl) => (isInBand(mgdl) ? gradeScore(mgdl) : 0))) / sumOver(glucose, gradeScore);

/** Hyperglycaemia index: excess above 140 mg/dL to the power 1.1 (Rodbard 2009, 10.1089/dia.2008.0132). */
export const hyperIndex = (glucose: Distribution): number =>
  meanOver(glucose, (mgdl) => (mgdl > 140 ? (mgdl - 140) ** 1.1 : 0)) / 30;

/** Hypoglycaemia index: squared deficit below 80 mg/dL (Rodbard 2009). */
export const hypoIndex = (glucose: Distribution): number =>
  meanOver(glucose, (mgdl) => (mgdl < 80 ? (80 - mgdl) ** 2 : 0)) / 30;
