import { LEVELS } from '../horizons.js';

/**
 * The pinball loss of one quantile (Koenker and Bassett 1978, 10.2307/1913643): least where the value lies below it with
 * its probability. In the unit of the values.
 */
export const pinball = (level: number, quantile: number, value: number): number =>
  value >= quantile ? level * (value - quantile) : (1 - level) * (quantile - value);

/**
 * Mean pinball loss over what is known of a batch, and its slope by each output.
 * @param outputs a row per window: the quantiles of its first step, then of the next
 * @param values a row per window: a value per step, NaN where none is known
 * @param slopes takes the slopes; `null` where they are not wanted
 */
export function pinballOfBatch(outputs: Float32Array, values: Float32Array, slopes: Float32Array | null): number {
  const levels = LEVELS.length;
  let known = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) known++;
  const share = known === 0 ? 0 : 1 / (known * levels);
  let loss = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    for (let level = 0; level < levels; level++) {
      const at = i * levels + level;
      if (value !== value) {
        if (slopes) slopes[at] = 0;
        continue;
      }
      const probability = LEVELS[level]!;
      const isBelow = value < outputs[at]!;
      loss += share * (isBelow ? probability - 1 : probability) * (value - outputs[at]!);
      if (slopes) slopes[at] = share * (isBelow ? 1 - probability : -probability);
    }
  }
  return loss;
}
