import type { GlucoseSeries } from '../glycemia/series.js';
import { mgdlOf } from '../glycemia/units.js';
import { rateOf } from './rate.js';

/** What may become of glucose within the next hour, seen from one sample. */
export interface ShortForecast {
  /** The middle of what is expected, mg/dL. */
  medianMgdl(minutes: number): number;
  /** Chance, 0 to 1, of a value below this at some time within the minutes. */
  chanceBelow(mgdl: number, withinMinutes: number): number;
  chanceAbove(mgdl: number, withinMinutes: number): number;
}

/** Looks at the samples up to `index` and no further. `null` where they do not carry a forecast. */
export type Forecaster = (series: GlucoseSeries, index: number) => ShortForecast | null;

/** Minutes after which a slope has lost most of its force: glucose rarely keeps its pace for longer. */
const FADING_MINUTES = 25;
/** Standard deviation of the error in mg/dL: sensor noise, and what grows with every minute ahead. */
const NOISE_MGDL = 4;
const SPREAD_MGDL_PER_MINUTE = 0.65;

/** Goes on as the last 20 minutes went, ever more slowly. */
export const extrapolate: Forecaster = (series, index) => {
  const rate = rateOf(series, index);
  if (rate === null) return null;
  const now = mgdlOf(series.tenths[index] ?? 0, series.flags[index] ?? 0);
  const medianMgdl = (minutes: number): number =>
    now + rate.mgdlPerMinute * FADING_MINUTES * (1 - Math.exp(-minutes / FADING_MINUTES));
  const chanceAt = (mgdl: number, minutes: number): number =>
    normalCdf((mgdl - medianMgdl(minutes)) / (NOISE_MGDL + SPREAD_MGDL_PER_MINUTE * minutes));
  const worst = (withinMinutes: number, chance: (minutes: number) => number): number => {
    let highest = 0;
    for (let minutes = 5; minutes <= withinMinutes; minutes += 5) highest = Math.max(highest, chance(minutes));
    return highest;
  };
  return {
    medianMgdl,
    chanceBelow: (mgdl, withinMinutes) => worst(withinMinutes, (minutes) => chanceAt(mgdl, minutes)),
    chanceAbove: (mgdl, withinMinutes) => worst(withinMinutes, (minutes) => 1 - chanceAt(mgdl, minutes)),
  };
};

/** The normal distribution function, to 1e-7 (Abramowitz and Stegun 7.1.26). */
function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - poly * Math.exp(-x * x);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}
