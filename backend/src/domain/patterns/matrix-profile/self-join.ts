import { cutDiagonals } from './cut-diagonals.js';
import { needsConstants, offerConstants } from './constants.js';
import { Neighbours } from './neighbours.js';
import type { Comparison } from './pair-distance.js';
import { exclusionZone, wholeNumber } from './parameters.js';
import { type Profile, profileOf } from './profile.js';
import { openSweep } from './run-sweep.js';
import type { Found } from './sweep.js';
import { type Windows, windowsOf } from './windows.js';

export interface SelfJoinOptions {
  /** Neighbours per window; 1 if not said. */
  readonly k?: number;
  /** Shapes if not said. */
  readonly comparison?: Comparison;
  /** Pairs with `|i - j|` up to this are left out; `ceil(m / 4)` if not said. */
  readonly zone?: number;
}

/** Between two tellings of how far it is. */
const RANGES = 64;

/** The matrix profile of a series with itself. */
export interface SelfJoin {
  readonly windows: Windows;
  readonly zone: number;
  readonly comparison: Comparison;
  readonly nearest: Profile;
  /** Among the windows that begin before, and after, each window. */
  readonly left: Profile;
  readonly right: Profile;
}

/**
 * Nearest neighbours of each of the `n - m + 1` windows of a series among its other windows (Yeh et al., "Matrix
 * Profile I", ICDM 2016), with the conventions of STUMPY for constants, missing values and the exclusion zone.
 * @param series n samples at a regular step; NaN or infinite where there is none.
 * @param onProgress called now and then with the part of the pairs that has been looked at, above 0 up to 1
 * @throws ParameterError that names `m`, `k` or `zone`.
 */
export function selfJoin(
  series: ArrayLike<number>,
  m: number,
  options: SelfJoinOptions = {},
  onProgress?: (part: number) => void,
): SelfJoin {
  const windows = windowsOf(series, m);
  const { k, zone, comparison } = selfJoinPlan(windows, options);
  const sweep = openSweep(windows, windows, k, comparison);
  const ranges = cutDiagonals(zone + 1, Math.max(zone + 1, windows.count), onProgress ? RANGES : 1);
  ranges.forEach((range, index) => {
    sweep.run(...range);
    onProgress?.((index + 1) / ranges.length);
  });
  return finishSelfJoin(windows, sweep.found(), { zone, comparison });
}

/** Options with what was not said filled in. A self-join looks at diagonals `zone + 1` up to the number of windows. */
export function selfJoinPlan({ m }: Windows, options: SelfJoinOptions): Required<SelfJoinOptions> {
  return {
    k: wholeNumber('k', options.k ?? 1, 1),
    zone: wholeNumber('zone', options.zone ?? exclusionZone(m), 0),
    comparison: options.comparison ?? 'shape',
  };
}

/** The profile from what all sweeps found together. */
export function finishSelfJoin(
  windows: Windows,
  found: Found,
  { zone, comparison }: Pick<Required<SelfJoinOptions>, 'zone' | 'comparison'>,
): SelfJoin {
  const { rows: right, columns: left } = found;
  const { count } = windows;
  if (needsConstants(comparison, windows)) {
    offerConstants(right, windows, windows, (window) => ({ first: window + zone + 1, last: count - 1 }));
    offerConstants(left, windows, windows, (window) => ({ first: 0, last: window - zone - 1 }));
  }
  const nearest = new Neighbours(count, right.k);
  nearest.merge(left);
  nearest.merge(right);
  const [both, before, after] = [nearest, left, right].map((side) => profileOf(side, windows, windows, comparison));
  return { windows, zone, comparison, nearest: both!, left: before!, right: after! };
}
