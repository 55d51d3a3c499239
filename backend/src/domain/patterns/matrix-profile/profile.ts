import type { Neighbours } from './neighbours.js';
import { type Comparison, distanceFor } from './pair-distance.js';
import type { Windows } from './windows.js';

/** The nearest neighbours of every window, nearest first: `count` x `k`, row after row. */
export interface Profile {
  readonly k: number;
  /** Infinity where there is no neighbour. */
  readonly distances: Float64Array;
  /** Of the neighbour's first sample; -1 where there is none. */
  readonly indices: Int32Array;
}

/**
 * Distances of the neighbours that were found, computed anew from the samples: what a sweep knows of a pair has the
 * rounding of all the pairs before it on the diagonal, and near 0 a square root makes that visible.
 */
export function profileOf(found: Neighbours, from: Windows, to: Windows, comparison: Comparison): Profile {
  const { k } = found;
  const distance = distanceFor(comparison);
  const indices = found.indices.slice();
  const distances = new Float64Array(indices.length).fill(Infinity);
  for (let place = 0; place < indices.length; place++) {
    const neighbour = indices[place]!;
    if (neighbour < 0) continue;
    const window = Math.floor(place / k);
    const value = distance(from, window, to, neighbour);
    let sorted = place;
    while (sorted > window * k && distances[sorted - 1]! > value) {
      distances[sorted] = distances[sorted - 1]!;
      indices[sorted] = indices[sorted - 1]!;
      sorted--;
    }
    distances[sorted] = value;
    indices[sorted] = neighbour;
  }
  return { k, distances, indices };
}
