import { windowLength } from './parameters.js';

export const VARIED = 0;
/** Every sample equal; no threshold, so that a tiny variance is still a shape. */
export const CONSTANT = 1;
/** Holds a NaN or an infinity: has no neighbour and is nobody's. */
export const UNUSABLE = 2;

/** A series seen as all its windows of `m` samples. Arrays have one entry per window, `samples` one per sample. */
export interface Windows {
  readonly m: number;
  readonly count: number;
  /** The series less the mean of its finite samples, which costs fewer digits; what is not finite repeats its forerunner. */
  readonly samples: Float64Array;
  /** What was subtracted from every sample. */
  readonly shift: number;
  readonly kinds: Uint8Array;
  /** Of the shifted samples. */
  readonly means: Float64Array;
  /** One over the Euclidean norm of the window less its mean; NaN where the window has no shape. */
  readonly inverseNorms: Float64Array;
}

/**
 * Means, norms and kinds of all windows of `m` samples. Each window is summed by itself, in two passes: running sums
 * drift, and one window costs no more than a few of the comparisons it takes part in.
 * @throws ParameterError where `m` is no whole number of at least 3 or the series is shorter.
 */
export function windowsOf(series: ArrayLike<number>, m: number, name = 'T'): Windows {
  windowLength(m, series.length, name);
  const count = series.length - m + 1;
  const { samples, shift } = shifted(series);
  const kinds = kindsOf(series, m);
  const means = new Float64Array(count);
  const inverseNorms = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let t = i; t < i + m; t++) sum += samples[t]!;
    const mean = sum / m;
    let squares = 0;
    for (let t = i; t < i + m; t++) squares += (samples[t]! - mean) * (samples[t]! - mean);
    const inverse = 1 / Math.sqrt(squares);
    means[i] = mean;
    if (kinds[i] === VARIED && inverse === Infinity) kinds[i] = CONSTANT;
    inverseNorms[i] = kinds[i] === VARIED ? inverse : Number.NaN;
  }
  return { m, count, samples, shift, kinds, means, inverseNorms };
}

function shifted(series: ArrayLike<number>): { samples: Float64Array; shift: number } {
  let sum = 0;
  let finite = 0;
  for (let t = 0; t < series.length; t++) {
    if (!Number.isFinite(series[t])) continue;
    sum += series[t]!;
    finite++;
  }
  const shift = finite === 0 ? 0 : sum / finite;
  const samples = new Float64Array(series.length);
  for (let t = 0; t < series.length; t++) {
    samples[t] = Number.isFinite(series[t]) ? series[t]! - shift : (samples[t - 1] ?? 0);
  }
  return { samples, shift };
}

/** From how long ago the samples up to each one have been equal, and when the last was not finite. */
function kindsOf(series: ArrayLike<number>, m: number): Uint8Array {
  const kinds = new Uint8Array(series.length - m + 1);
  let equalSince = 0;
  let lastUnusable = -1;
  for (let t = 0; t < series.length; t++) {
    if (!Number.isFinite(series[t])) lastUnusable = t;
    if (series[t] !== series[equalSince]) equalSince = t;
    const start = t - m + 1;
    if (start < 0) continue;
    if (lastUnusable >= start) kinds[start] = UNUSABLE;
    else if (equalSince <= start) kinds[start] = CONSTANT;
  }
  return kinds;
}
