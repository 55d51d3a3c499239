import { distancesTo } from './distance-profile.js';
import { type Match, matchesOf } from './matches.js';
import { wholeNumber } from './parameters.js';
import type { SelfJoin } from './self-join.js';

export interface MotifOptions {
  /** A motif has at least so many windows beside its first; 1 if not said. */
  readonly minNeighbors?: number;
  /** The radius within which a window belongs to a motif; chosen for each where `null` or not said. */
  readonly maxDistance?: number | null;
  /** Windows whose nearest neighbour is further away begin no motif. */
  readonly cutoff?: number;
  /** At most so many windows are given of each motif, its first included; 10 if not said. */
  readonly maxMatches?: number;
  /** 1 if not said. */
  readonly maxMotifs?: number;
}

/** A shape that recurs: its windows, the one it was found by first, then by distance from that. */
export type Motif = readonly Match[];

/**
 * Motifs, best first: the window with the nearest neighbour and all windows within a radius of it; then the same among
 * the windows that are near none of those given, as STUMPY's `motifs` goes about it.
 * @throws ParameterError that names the option.
 */
export function motifsOf(join: SelfJoin, options: MotifOptions = {}): Motif[] {
  const minNeighbors = wholeNumber('min_neighbors', options.minNeighbors ?? 1, 0);
  const maxMatches = wholeNumber('max_matches', options.maxMatches ?? 10, 1);
  const maxMotifs = wholeNumber('max_motifs', options.maxMotifs ?? 1, 1);
  const { cutoff = Infinity, maxDistance = null } = options;
  const { windows, zone, comparison } = join;
  const left = nearestDistances(join);
  const motifs: Motif[] = [];
  while (motifs.length < maxMotifs) {
    const own = indexOfLeast(left);
    if (own === null || left[own]! > cutoff) break;
    const distances = distancesTo(windows, own, windows, comparison);
    const matches = matchesOf(distances, { zone, maxDistance, maxMatches, own });
    if (matches.length > minNeighbors) motifs.push(matches);
    for (const { index } of matches) left.fill(Infinity, Math.max(0, index - zone), index + zone + 1);
  }
  return motifs;
}

/**
 * Discords, strangest first: windows whose nearest neighbour is furthest away, none within the exclusion zone of a
 * stranger one. A window without a neighbour is none: nothing is known about it.
 */
export function discordsOf(join: SelfJoin, count: number): Match[] {
  wholeNumber('discords', count, 1);
  const distances = nearestDistances(join);
  const order = Array.from(distances.keys())
    .filter((index) => distances[index]! < Infinity)
    .sort((a, b) => distances[b]! - distances[a]! || a - b);
  const taken = new Uint8Array(distances.length);
  const discords: Match[] = [];
  for (const index of order) {
    if (discords.length >= count) break;
    if (taken[index] === 1) continue;
    discords.push({ distance: distances[index]!, index });
    taken.fill(1, Math.max(0, index - join.zone), index + join.zone + 1);
  }
  return discords;
}

/** Of every window to its nearest neighbour, in an array of its own. */
const nearestDistances = ({ nearest: { distances, k } }: SelfJoin): Float64Array =>
  distances.filter((_, place) => place % k === 0);

/** The first of the smallest; `null` where nothing is finite. */
function indexOfLeast(values: Float64Array): number | null {
  let least = -1;
  values.forEach((value, index) => {
    if (value < (least < 0 ? Infinity : values[least]!)) least = index;
  });
  return least < 0 ? null : least;
}
