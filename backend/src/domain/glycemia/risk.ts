import { type Distribution, meanOver } from './distribution.js';

/** Symmetrised glucose of a value in mg/dL (Kovatchev 2006, 10.2337/dc06-1085). */
const symmetrised = (mgdl: number): number => Math.log(mgdl) ** 1.084 - 5.381;

const RISK_SCALE = 22.77;
/** Where the symmetrised scale changes sign, mg/dL. */
const RISK_CENTRE = 112.5;

/** Low blood glucose index of values in mg/dL. */
export const lbgi = (glucose: Distribution): number =>
  RISK_SCALE * meanOver(glucose, (mgdl) => (mgdl < RISK_CENTRE ? Math.min(symmetrised(mgdl), 0) ** 2 : 0));

/** High blood glucose index of values in mg/dL. */
export const hbgi = (glucose: Distribution): number =>
  RISK_SCALE * meanOver(glucose, (mgdl) => (mgdl >= RISK_CENTRE ? Math.max(symmetrised(mgdl), 0) ** 2 : 0));

/** Lowest and highest value of a local day, mg/dL. */
export interface DayExtremes {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Average daily risk range over the days that have readings (Kovatchev 2006). Both risks grow away from the centre, so a
 * day's extremes decide them; a part day counts in full.
 */
export function adrr(days: readonly DayExtremes[]): number {
  const risk = ({ lowest, highest }: DayExtremes): number =>
    RISK_SCALE * (Math.max(symmetrised(highest), 0) ** 2 + Math.min(symmetrised(lowest), 0) ** 2);
  return days.reduce((sum, day) => sum + risk(day), 0) / days.length;
}

/** Times in the exclusive bands below 54, 54 to 70, 180 to 250 and above 250 mg/dL, percent. */
export interface RiskBands {
  readonly veryLow: number;
  readonly low: number;
  readonly high: number;
  readonly veryHigh: number;
}

/** Hypoglycaemia and hyperglycaemia components of the glycaemia risk index, percent. */
export const griComponents = (bands: RiskBands): { hypo: number; hyper: number } => ({
  hypo: bands.veryLow + 0.8 * bands.low,
  hyper: bands.veryHigh + 0.5 * bands.high,
});

/** Glycaemia risk index, 0 to 100 (Klonoff 2022, 10.1177/19322968221085273). */
export function gri(bands: RiskBands): number {
  const { hypo, hyper } = griComponents(bands);
  return Math.min(100, 3 * hypo + 1.6 * hyper);
}

export type GriZone = 'A' | 'B' | 'C' | 'D' | 'E';

/** Zone of a glycaemia risk index: steps of 20, the upper bound belongs to the zone. */
export function griZone(index: number): GriZone {
  if (index <= 20) return 'A';
  if (index <= 40) return 'B';
  if (index <= 60) return 'C';
  return index <= 80 ? 'D' : 'E';
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** Continuous glucose monitoring index, 0 to 100 (Leelarathna 2020, 10.1177/1932296819838525). Percent, percent, mg/dL. */
export const cogi = (timeInRange: number, timeBelow70: number, sd: number): number =>
  100 * (0.5 * clamp(timeInRange / 100) + 0.35 * clamp((15 - timeBelow70) / 15) + 0.15 * clamp((108 - sd) / 90));

/** What the personal glycaemic state is made of: %, mg/dL, % in 70 to 180, and hypoglycaemia events a week. */
export interface GlycemicState {
  readonly gvp: number;
  readonly mean: number;
  readonly timeInRange: number;
  readonly eventsBelow54PerWeek: number;
  readonly eventsBelow70PerWeek: number;
}

/** Personal glycaemic state (Hirsch 2017, 10.1089/dia.2017.0080). */
export function pgs(state: GlycemicState): number {
  const logistic = (exponent: number): number => 1 / (1 + Math.exp(exponent));
  const { gvp, mean, timeInRange, eventsBelow54PerWeek: n54, eventsBelow70PerWeek: n70 } = state;
  return (
    1 +
    9 * logistic(-0.049 * (gvp - 65.47)) +
    1 +
    9 * (logistic(0.1139 * (mean - 72.08)) + logistic(-0.09195 * (mean - 157.57))) +
    1 +
    9 * logistic(0.0833 * (timeInRange - 55.04)) +
    0.5 +
    4.5 * (1 - Math.exp(-0.81093 * n54)) +
    (n70 <= 7.65 ? 0.5714 * n70 + 0.625 : 5)
  );
}
