import { LEVELS, MEDIAN_LEVEL, QUANTILES, STEP_MINUTES, STEPS } from './horizons.js';

/** Forecast values are held within these, mg/dL: no sensor reports beyond. */
const LOWEST_MGDL = 20;
const HIGHEST_MGDL = 600;

/** What glucose may be 5 to 120 minutes after a reading, with the probability of staying below each value. */
export interface QuantileForecast {
  /** The reading it starts from, mg/dL. */
  readonly lastMgdl: number;
  /** `QUANTILES` values in mg/dL, a row per step, a column per level; never falling along a row. */
  readonly mgdl: Float64Array;
}

/**
 * A forecast from differences to the last value. Levels that cross are put into order, which is never further from the
 * true quantiles (Chernozhukov, Fernández-Val and Galichon 2010, 10.3982/ECTA7880).
 * @param differences mg/dL, a row per step; changed by nothing here
 */
export function forecastFrom(lastMgdl: number, differences: Float64Array): QuantileForecast {
  const mgdl = differences.map((difference) => clamp(lastMgdl + difference));
  for (let from = 0; from < QUANTILES; from += LEVELS.length) sortRow(mgdl, from);
  return { lastMgdl, mgdl };
}

/** By insertion: nearly sorted already, and nine numbers. */
function sortRow(mgdl: Float64Array, from: number): void {
  for (let i = from + 1; i < from + LEVELS.length; i++) {
    const value = mgdl[i]!;
    let place = i;
    for (; place > from && mgdl[place - 1]! > value; place--) mgdl[place] = mgdl[place - 1]!;
    mgdl[place] = value;
  }
}

/** The mean of several forecasts from the same reading, quantile by quantile. */
export function meanForecast(forecasts: readonly [QuantileForecast, ...QuantileForecast[]]): QuantileForecast {
  const mgdl = new Float64Array(QUANTILES);
  for (const { mgdl: one } of forecasts) for (let i = 0; i < QUANTILES; i++) mgdl[i]! += one[i]! / forecasts.length;
  return { lastMgdl: forecasts[0].lastMgdl, mgdl };
}

export const clamp = (mgdl: number): number => Math.min(HIGHEST_MGDL, Math.max(LOWEST_MGDL, mgdl));

/** A quantile of a step, 1 to 24, by the place of its level in `LEVELS`; mg/dL. */
export const quantileOf = ({ mgdl }: QuantileForecast, step: number, level: number): number =>
  mgdl[(step - 1) * LEVELS.length + level]!;

/** The median after so many minutes, 0 to 120, mg/dL; on a straight line between two steps. */
export function medianAfter(forecast: QuantileForecast, minutes: number): number {
  const place = Math.min(STEPS, Math.max(0, minutes / STEP_MINUTES));
  const before = Math.floor(place);
  const at = (step: number): number =>
    step === 0 ? forecast.lastMgdl : quantileOf(forecast, Math.min(STEPS, step), MEDIAN_LEVEL);
  return at(before) + (place - before) * (at(before + 1) - at(before));
}

/**
 * The chance, 0 to 1, that the value of a step is below a limit: straight between quantiles, and beyond the outermost
 * with an exponential tail that goes on as steeply as the last two quantiles ended.
 */
export function chanceBelowAt(forecast: QuantileForecast, step: number, limitMgdl: number): number {
  const at = (level: number): number => quantileOf(forecast, step, level);
  const top = LEVELS.length - 1;
  let level = 0;
  while (level <= top && at(level) < limitMgdl) level++;
  if (level === 0) return LEVELS[0] * tail(at(0) - limitMgdl, at(1) - at(0));
  if (level > top) return 1 - LEVELS[0] * tail(limitMgdl - at(top), at(top) - at(top - 1));
  const share = (limitMgdl - at(level - 1)) / (at(level) - at(level - 1));
  return LEVELS[level - 1]! + share * (LEVELS[level]! - LEVELS[level - 1]!);
}

/** `exp(-distance / scale)`; a scale of zero leaves nothing beyond. */
function tail(distance: number, scale: number): number {
  if (distance <= 0) return 1;
  return scale <= 0 ? 0 : Math.exp(-distance / scale);
}

/**
 * The chance that glucose is below a limit at some step within the minutes, taken as that of the step where it is most
 * likely: a floor, since a curve may dip at any of several steps.
 */
export function chanceBelowWithin(forecast: QuantileForecast, withinMinutes: number, limitMgdl: number): number {
  return highestWithin(withinMinutes, (step) => chanceBelowAt(forecast, step, limitMgdl));
}

/** The same above a limit. */
export function chanceAboveWithin(forecast: QuantileForecast, withinMinutes: number, limitMgdl: number): number {
  return highestWithin(withinMinutes, (step) => 1 - chanceBelowAt(forecast, step, limitMgdl));
}

function highestWithin(minutes: number, chance: (step: number) => number): number {
  let highest = 0;
  for (let step = 1; step <= Math.min(STEPS, minutes / STEP_MINUTES); step++) highest = Math.max(highest, chance(step));
  return highest;
}
