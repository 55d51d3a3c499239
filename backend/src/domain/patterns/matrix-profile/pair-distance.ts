import { CONSTANT, UNUSABLE, type Windows } from './windows.js';

/** A squared distance below this is rounding, and the distance is 0. */
const ROUNDING = 1e-14;

/** What a window is compared by: its shape alone (z-normalised), or its samples as they are, level and amplitude included. */
export type Comparison = 'shape' | 'plain';

/** Takes the distance of window `i` of one series to window `j` of another (or of the same). */
export type PairDistance = (a: Windows, i: number, b: Windows, j: number) => number;

/**
 * z-normalised Euclidean distance of two windows, from 0 to 2 sqrt(m), without the cancellation of sqrt(2m(1 - r)).
 * Two constants are the same shape (0); a constant and any shape are sqrt(m) apart; Infinity where a sample is missing.
 */
export const shapeDistance: PairDistance = (a, i, b, j) => {
  const { m } = a;
  if (a.kinds[i] === UNUSABLE || b.kinds[j] === UNUSABLE) return Infinity;
  const constants = Number(a.kinds[i] === CONSTANT) + Number(b.kinds[j] === CONSTANT);
  if (constants > 0) return constants === 2 ? 0 : Math.sqrt(m);
  const meanA = a.means[i]!;
  const meanB = b.means[j]!;
  const scaleA = a.inverseNorms[i]!;
  const scaleB = b.inverseNorms[j]!;
  let squares = 0;
  for (let t = 0; t < m; t++) {
    const difference = (a.samples[i + t]! - meanA) * scaleA - (b.samples[j + t]! - meanB) * scaleB;
    squares += difference * difference;
  }
  return squares * m < ROUNDING ? 0 : Math.sqrt(squares * m);
};

/** Euclidean distance of two windows in the unit of the samples; Infinity where a sample is missing. */
export const plainDistance: PairDistance = (a, i, b, j) => {
  if (a.kinds[i] === UNUSABLE || b.kinds[j] === UNUSABLE) return Infinity;
  const shift = a.shift - b.shift;
  let squares = 0;
  for (let t = 0; t < a.m; t++) {
    const difference = a.samples[i + t]! - b.samples[j + t]! + shift;
    squares += difference * difference;
  }
  return squares < ROUNDING ? 0 : Math.sqrt(squares);
};

export const distanceFor = (comparison: Comparison): PairDistance =>
  comparison === 'shape' ? shapeDistance : plainDistance;
