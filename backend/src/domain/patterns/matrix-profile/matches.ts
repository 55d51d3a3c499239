/** A window and how far it is from what was asked for. */
export interface Match {
  readonly distance: number;
  readonly index: number;
}

export interface MatchOptions {
  /** Matches to either side of a better one that are no matches of their own. */
  readonly zone: number;
  /** `defaultRadius` of the distances where `null`. */
  readonly maxDistance: number | null;
  /** All there are if not said. */
  readonly maxMatches?: number;
  /** This window is the first match whatever its distance: the query's own. */
  readonly own?: number;
}

/**
 * Windows within a radius, nearest first and, of equal ones, in order of time; none lies within the exclusion zone of a
 * better one. `distances` as `distanceProfile` gives them.
 */
export function matchesOf(distances: Float64Array, options: MatchOptions): Match[] {
  const { zone, own, maxMatches = Infinity } = options;
  const radius = options.maxDistance ?? defaultRadius(distances);
  const order = Array.from(distances.keys())
    .filter((index) => distances[index]! <= radius && distances[index]! < Infinity)
    .sort((a, b) => distances[a]! - distances[b]! || a - b);
  const taken = new Uint8Array(distances.length);
  const matches: Match[] = [];
  for (const index of own === undefined ? order : [own, ...order]) {
    if (matches.length >= maxMatches) break;
    if (taken[index] === 1) continue;
    matches.push({ distance: distances[index]!, index });
    taken.fill(1, Math.max(0, index - zone), index + zone + 1);
  }
  return matches;
}

/** Two standard deviations below the mean of the finite distances, or the smallest, whichever is more. STUMPY's default. */
export function defaultRadius(distances: Float64Array): number {
  const finite = distances.filter(Number.isFinite);
  if (finite.length === 0) return 0;
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length;
  const least = finite.reduce((low, value) => Math.min(low, value), Infinity);
  return Math.max(mean - 2 * Math.sqrt(variance), least);
}
