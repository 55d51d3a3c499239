import type { Profile } from '../../../src/domain/patterns/matrix-profile/profile.js';

const TOLERANCE = 1e-6;

/** The matrix profile by its definition, pair by pair: slow, and with nothing in common with the code under test. */
export interface NaiveOptions {
  readonly m: number;
  readonly plain?: boolean;
  /** Pairs that may not be neighbours. */
  readonly excludes?: (i: number, j: number) => boolean;
}

/** Distance of every window of A to every window of B; Infinity where they cannot be compared. */
export function naiveDistances(a: readonly number[], b: readonly number[], options: NaiveOptions): number[][] {
  const { m, plain = false, excludes = () => false } = options;
  const columns = windows(b, m).map(prepared);
  return windows(a, m)
    .map(prepared)
    .map((x, i) => columns.map((y, j) => (excludes(i, j) ? Infinity : distance(x, y, plain))));
}

/** The `k` smallest distances of each row; of equal ones the nearer in time, then the earlier, comes first. */
function naiveNeighbours(distances: readonly number[][], k: number): { distance: number; index: number }[][] {
  return distances.map((row, i) =>
    row
      .map((value, index) => ({ distance: value, index }))
      .filter(({ distance: value }) => value < Infinity)
      .sort((p, q) => p.distance - q.distance || Math.abs(p.index - i) - Math.abs(q.index - i) || p.index - q.index)
      .slice(0, k),
  );
}

/** What a profile says of distances that all were computed, where it is wrong. Any of equal neighbours will do. */
export function mistakes(profile: Profile, distances: readonly number[][]): string[] {
  const { k, indices } = profile;
  return naiveNeighbours(distances, k).flatMap((nearest, window) =>
    Array.from({ length: k }, (_, rank) => {
      const wanted = nearest[rank]?.distance ?? Infinity;
      const index = indices[window * k + rank]!;
      const told = profile.distances[window * k + rank]!;
      const own = index < 0 ? Infinity : distances[window]![index]!;
      return isSame(told, wanted) && isSame(own, wanted) ? '' : `${window}: ${told} at ${index}, not ${wanted}`;
    }).filter((text) => text !== ''),
  );
}

const isSame = (value: number, wanted: number): boolean => value === wanted || Math.abs(value - wanted) <= TOLERANCE;

const windows = (series: readonly number[], m: number): number[][] =>
  Array.from({ length: series.length - m + 1 }, (_, i) => series.slice(i, i + m));

interface Prepared {
  readonly samples: readonly number[];
  readonly normalised: readonly number[];
  readonly isUsable: boolean;
  readonly isConstant: boolean;
}

function prepared(samples: readonly number[]): Prepared {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const deviation = Math.hypot(...samples.map((value) => value - mean)) / Math.sqrt(samples.length);
  return {
    samples,
    normalised: samples.map((value) => (value - mean) / deviation),
    isUsable: samples.every(Number.isFinite),
    isConstant: Math.max(...samples) === Math.min(...samples),
  };
}

function distance(x: Prepared, y: Prepared, plain: boolean): number {
  if (!x.isUsable || !y.isUsable) return Infinity;
  if (plain) return Math.hypot(...x.samples.map((value, t) => value - y.samples[t]!));
  if (x.isConstant || y.isConstant) return x.isConstant && y.isConstant ? 0 : Math.sqrt(x.samples.length);
  return Math.hypot(...x.normalised.map((value, t) => value - y.normalised[t]!));
}
