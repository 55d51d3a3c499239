import { QUANTILES, STEPS } from './horizons.js';
import type { GlucoseHistory } from './history.js';
import { INPUTS, writeInputs } from './inputs.js';
import { networkDifferences, type QuantileNetwork } from './network.js';
import { forecastFrom, meanForecast, type QuantileForecast } from './quantile-forecast.js';

/** Those that ship, from the simplest to the largest. */
export const MODEL_NAMES = ['last-value', 'ridge', 'network'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];
/** What may serve a person: a model that ships, or the network with what the nights learned of them. */
export const SERVING_NAMES = [...MODEL_NAMES, 'personal'] as const;
export type ServingName = (typeof SERVING_NAMES)[number];

export interface ForecastModel {
  readonly name: ModelName;
  /** @param inputs as `writeInputs` leaves them; `lastMgdl` is the value that they are differences from */
  forecast(lastMgdl: number, inputs: Float64Array): QuantileForecast;
}

/**
 * A forecast from what was known.
 * @param minuteOfDay minutes after midnight on the person's clock at the newest reading; `null` where it is not known
 */
export function forecastOf(
  model: ForecastModel,
  { mgdl }: Pick<GlucoseHistory, 'mgdl'>,
  minuteOfDay: number | null,
): QuantileForecast {
  const inputs = new Float64Array(INPUTS);
  writeInputs({ history: mgdl, from: 0, minuteOfDay }, inputs, 0);
  return model.forecast(mgdl.at(-1)!, inputs);
}

/** Glucose stays what it is, give or take what it usually moves. */
export const lastValueModel = (spreads: Float64Array): ForecastModel => ({
  name: 'last-value',
  forecast: (lastMgdl) => forecastFrom(lastMgdl, spreads),
});

/** A linear forecast of each step (Hoerl and Kennard 1970, 10.1080/00401706.1970.10488634), with the spread of its errors. */
export interface Ridge {
  /** What each input is divided by. */
  readonly inputScales: Float64Array;
  /** mg/dL; a row per step: a weight per input, then the constant. */
  readonly weights: Float64Array;
  /** mg/dL; quantiles of the error, a row per step. */
  readonly spreads: Float64Array;
}

export const ridgeModel = (ridge: Ridge): ForecastModel => ({
  name: 'ridge',
  forecast(lastMgdl, inputs) {
    const differences = ridge.spreads.slice();
    const levels = QUANTILES / STEPS;
    for (let step = 0; step < STEPS; step++) {
      const middle = ridgeDifference(ridge, inputs, step);
      for (let level = 0; level < levels; level++) differences[step * levels + level]! += middle;
    }
    return forecastFrom(lastMgdl, differences);
  },
});

/** The difference from the last value that a ridge expects at a step, 0 to 23, mg/dL. */
export function ridgeDifference({ inputScales, weights }: Ridge, inputs: ArrayLike<number>, step: number): number {
  const row = step * (INPUTS + 1);
  let sum = weights[row + INPUTS]!;
  for (let i = 0; i < INPUTS; i++) sum += (weights[row + i]! * inputs[i]!) / inputScales[i]!;
  return sum;
}

/** One quantile network, or the mean of several. */
export const networkModel = (members: readonly [QuantileNetwork, ...QuantileNetwork[]]): ForecastModel => ({
  name: 'network',
  forecast(lastMgdl, inputs) {
    const of = (network: QuantileNetwork): QuantileForecast =>
      forecastFrom(lastMgdl, networkDifferences(network, inputs));
    const [first, ...others] = members;
    return meanForecast([of(first), ...others.map(of)]);
  },
});
