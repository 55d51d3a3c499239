import { needsConstants, offerConstants } from './constants.js';
import { Neighbours } from './neighbours.js';
import type { Comparison } from './pair-distance.js';
import { wholeNumber } from './parameters.js';
import { type Profile, profileOf } from './profile.js';
import { openSweep } from './run-sweep.js';
import type { Found } from './sweep.js';
import { type Windows, windowsOf } from './windows.js';

export interface JoinOptions {
  /** Neighbours per window; 1 if not said. */
  readonly k?: number;
  /** Shapes if not said. */
  readonly comparison?: Comparison;
}

/** Nearest neighbours of the windows of each of two series in the other. */
export interface AbJoin {
  readonly a: Windows;
  readonly b: Windows;
  readonly nearestInB: Profile;
  readonly nearestInA: Profile;
}

/**
 * Joins two series: for each window of A the nearest of B, and the reverse. No pair is left out.
 * @throws ParameterError that names `m` or `k`.
 */
export function abJoin(
  seriesA: ArrayLike<number>,
  seriesB: ArrayLike<number>,
  m: number,
  options: JoinOptions = {},
): AbJoin {
  const { comparison = 'shape' } = options;
  const a = windowsOf(seriesA, m, 'T_A');
  const b = windowsOf(seriesB, m, 'T_B');
  const k = wholeNumber('k', options.k ?? 1, 1);
  const upper = sweptFrom(0, a, b, k, comparison);
  const lower = sweptFrom(1, b, a, k, comparison);
  const ofA = new Neighbours(a.count, k);
  const ofB = new Neighbours(b.count, k);
  ofA.merge(upper.rows);
  ofA.merge(lower.columns);
  ofB.merge(upper.columns);
  ofB.merge(lower.rows);
  if (needsConstants(comparison, a, b)) {
    offerConstants(ofA, a, b, () => ({ first: 0, last: b.count - 1 }));
    offerConstants(ofB, b, a, () => ({ first: 0, last: a.count - 1 }));
  }
  return { a, b, nearestInB: profileOf(ofA, a, b, comparison), nearestInA: profileOf(ofB, b, a, comparison) };
}

/** Diagonals from `from` on. Those below the main one are above it once the sides are exchanged. */
function sweptFrom(from: number, rows: Windows, columns: Windows, k: number, comparison: Comparison): Found {
  const sweep = openSweep(rows, columns, k, comparison);
  sweep.run(from, Math.max(from, columns.count));
  return sweep.found();
}
