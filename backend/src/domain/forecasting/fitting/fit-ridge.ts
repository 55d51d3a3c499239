import { LEVELS, MEDIAN_LEVEL, QUANTILES, STEPS } from '../horizons.js';
import { HISTORY_STEPS, INPUTS, writeInputs } from '../inputs.js';
import { type Ridge, ridgeDifference } from '../model.js';
import { historyOf, minuteOf, scalesOf, type TrainingSource } from './batches.js';
import { solvePositive } from './cholesky.js';
import type { WindowSet } from './window-set.js';

const PENALTIES = [1e-4, 1e-3, 1e-2, 1e-1] as const;
const SIZE = INPUTS + 1;
/** More windows of a source tell a linear model nothing new: neighbours are nearly the same. */
const MOST_WINDOWS = 12_000;

/**
 * Fits a ridge to each step, with the penalty (per window) that does best on the validation windows, and the quantiles of
 * the errors that it makes there.
 */
export function fitRidge(sources: readonly TrainingSource[], validation: readonly WindowSet[]): Ridge {
  const inputScales = scalesOf(sources).inputs;
  const sums = Array.from({ length: STEPS }, () => ({
    square: new Float64Array(SIZE * SIZE),
    product: new Float64Array(SIZE),
    weight: 0,
  }));
  for (const { windows, share } of sources) {
    const stride = Math.max(1, Math.floor(windows.count / MOST_WINDOWS));
    const weight = (share * stride) / windows.count;
    for (let window = 0; window < windows.count; window += stride)
      addWindow(sums, windows, window, inputScales, weight);
  }
  const candidates = PENALTIES.map((penalty): Ridge => {
    const weights = new Float64Array(STEPS * SIZE);
    for (const [step, { square, product, weight }] of sums.entries()) {
      const penalised = square.slice();
      for (let i = 0; i < INPUTS; i++) penalised[i * SIZE + i]! += penalty * weight;
      weights.set(solvePositive(penalised, product, SIZE), step * SIZE);
    }
    return { inputScales, weights, spreads: new Float64Array(QUANTILES) };
  });
  const judged = candidates.map((ridge) => ({ ridge, errors: errorsOn(validation, ridge) }));
  const loss = (errors: readonly number[][]): number =>
    errors.reduce((sum, ofStep) => sum + ofStep.reduce((square, error) => square + error * error, 0), 0);
  const best = judged.reduce((least, one) => (loss(one.errors) < loss(least.errors) ? one : least));
  return { ...best.ridge, spreads: spreadsOf(best.errors) };
}

/** Quantiles of how far glucose moves from the last value, mg/dL, a row per step: what `lastValueModel` is made of. */
export const lastValueSpreads = (windows: readonly WindowSet[]): Float64Array => spreadsOf(errorsOn(windows, null));

function addWindow(
  sums: readonly { square: Float64Array; product: Float64Array; weight: number }[],
  set: WindowSet,
  window: number,
  inputScales: Float64Array,
  weight: number,
): void {
  const history = historyOf(set, window);
  const x = new Float64Array(SIZE);
  writeInputs({ history, from: 0, minuteOfDay: minuteOf(set, window) }, x, 0);
  for (let i = 0; i < INPUTS; i++) x[i] = x[i]! / inputScales[i]!;
  x[INPUTS] = 1;
  const outer = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++) for (let j = 0; j < SIZE; j++) outer[i * SIZE + j] = weight * x[i]! * x[j]!;
  for (const [step, sum] of sums.entries()) {
    const difference = set.targets[window * STEPS + step]! - history[HISTORY_STEPS - 1]!;
    if (difference !== difference) continue;
    sum.weight += weight;
    for (let i = 0; i < SIZE; i++) sum.product[i]! += weight * x[i]! * difference;
    for (let i = 0; i < SIZE * SIZE; i++) sum.square[i]! += outer[i]!;
  }
}

/** What came less what was expected, by step; without a ridge the last value is expected. */
function errorsOn(sets: readonly WindowSet[], ridge: Ridge | null): number[][] {
  const errors = Array.from({ length: STEPS }, (): number[] => []);
  const inputs = new Float64Array(INPUTS);
  for (const set of sets) {
    for (let window = 0; window < set.count; window++) {
      const history = historyOf(set, window);
      writeInputs({ history, from: 0, minuteOfDay: minuteOf(set, window) }, inputs, 0);
      for (let step = 0; step < STEPS; step++) {
        const difference = set.targets[window * STEPS + step]! - history[HISTORY_STEPS - 1]!;
        if (difference !== difference) continue;
        errors[step]!.push(difference - (ridge ? ridgeDifference(ridge, inputs, step) : 0));
      }
    }
  }
  return errors;
}

function spreadsOf(errors: readonly number[][]): Float64Array {
  const spreads = new Float64Array(QUANTILES);
  for (const [step, ofStep] of errors.entries()) {
    const sorted = Float64Array.from(ofStep).sort();
    for (const [level, probability] of LEVELS.entries()) {
      const place = probability * (sorted.length - 1);
      const before = sorted[Math.floor(place)] ?? 0;
      const after = sorted[Math.ceil(place)] ?? 0;
      spreads[step * LEVELS.length + level] = before + (place - Math.floor(place)) * (after - before);
    }
    // The middle is what the model says itself: its own bias is not to be learned from few validation days.
    const middle = spreads[step * LEVELS.length + MEDIAN_LEVEL]!;
    for (let level = 0; level < LEVELS.length; level++) spreads[step * LEVELS.length + level]! -= middle;
  }
  return spreads;
}
