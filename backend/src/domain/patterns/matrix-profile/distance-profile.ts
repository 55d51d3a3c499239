import { type Comparison, distanceFor } from './pair-distance.js';
import { type Windows, windowsOf } from './windows.js';

/**
 * Distance of a query of m samples to each of the `n - m + 1` windows of a series ("days like this one"); Infinity
 * where a sample is missing. What MASS (Mueen et al. 2017) computes, but summed directly rather than by Fourier
 * transform: exact near 0, and a year of 5-minute samples against 3 hours still takes milliseconds.
 * @throws ParameterError that names `Q` or `m`.
 */
export function distanceProfile(
  query: ArrayLike<number>,
  series: ArrayLike<number>,
  comparison: Comparison = 'shape',
): Float64Array {
  const windows = windowsOf(series, query.length);
  return distancesTo(windowsOf(query, query.length, 'Q'), 0, windows, comparison);
}

/** Distance of window `i` of one series to every window of another. */
export function distancesTo(from: Windows, i: number, to: Windows, comparison: Comparison): Float64Array {
  const distance = distanceFor(comparison);
  return Float64Array.from({ length: to.count }, (_, j) => distance(from, i, to, j));
}
