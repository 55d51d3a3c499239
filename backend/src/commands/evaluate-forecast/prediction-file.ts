import { type QuantileForecast, quantileOf } from '../../domain/forecasting/quantile-forecast.js';
import { type GlucoBenchSet, PROTOCOL_STEPS, type ProtocolWindow } from './glucobench-set.js';

export const PREDICTION_COLUMNS = 'set,seed,split,segment,origin,step,mean,q025,q10,q25,q50,q75,q90,q975';
/** Of `LEVELS`: .025 .10 .25 .50 .75 .90 .975. */
const WRITTEN_LEVELS = [0, 2, 3, 4, 5, 6, 8] as const;
const MEDIAN_COLUMN = 3;

/** The lines of one window, as PROTOCOL.md of the reference data lays them out; mg/dL. `mean` is the median: it is what is judged. */
export function predictionLines(
  { name }: GlucoBenchSet,
  seed: string,
  split: string,
  { segment, at }: ProtocolWindow,
  forecast: QuantileForecast,
): string {
  const lines = Array.from({ length: PROTOCOL_STEPS }, (_, index) => {
    const quantiles = WRITTEN_LEVELS.map((level) => quantileOf(forecast, index + 1, level).toFixed(3));
    return [name, seed, split, segment, at, index + 1, quantiles[MEDIAN_COLUMN], ...quantiles].join(',');
  });
  return `${lines.join('\n')}\n`;
}
