import { momentsOf } from './moments.js';
import { normalSurvival } from './normal.js';
import { sharedRanks } from './ranks.js';
import { tTwoSidedP } from './student-t.js';

export interface TwoSampleTest {
  readonly statistic: number;
  /** Two-sided. */
  readonly p: number;
}

/**
 * Whether some values tend to exceed others (Mann and Whitney 1947, 10.1214/aoms/1177730491): the normal approximation with
 * ties allowed for and half a pair taken off for continuity. The statistic counts the pairs in which one of `some` is
 * the larger, ties half. `null` where either side is empty or all values are the same.
 */
export function mannWhitney(some: readonly number[], others: readonly number[]): TwoSampleTest | null {
  const [m, n, count] = [some.length, others.length, some.length + others.length];
  const { ranks, ties } = sharedRanks([...some, ...others]);
  if (m === 0 || n === 0 || ties.length < 2) return null;
  const rankSum = ranks.subarray(0, m).reduce((sum, rank) => sum + rank, 0);
  const statistic = rankSum - (m * (m + 1)) / 2;
  const tied = ties.reduce((sum, size) => sum + size * (size * size - 1), 0);
  const deviation = Math.sqrt(((m * n) / 12) * (count + 1 - tied / (count * (count - 1))));
  const beyond = Math.abs(statistic - (m * n) / 2) - 0.5;
  return { statistic, p: Math.min(1, 2 * normalSurvival(beyond / deviation)) };
}

export interface WelchTest extends TwoSampleTest {
  /** The mean of `some` less that of `others`, and its standard error. */
  readonly difference: number;
  readonly error: number;
  readonly freedom: number;
}

/**
 * Whether two means differ where the spreads may as well (Welch 1947, 10.1093/biomet/34.1-2.28). `null` for fewer than two
 * values on a side, or where nothing scatters.
 */
export function welch(some: readonly number[], others: readonly number[]): WelchTest | null {
  const [a, b] = [momentsOf(some), momentsOf(others)];
  const [partA, partB] = [a.variance / a.count, b.variance / b.count];
  const sum = partA + partB;
  if (Math.min(a.count, b.count) < 2 || !(sum > 0)) return null;
  const freedom = (sum * sum) / (partA ** 2 / (a.count - 1) + partB ** 2 / (b.count - 1));
  const [difference, error] = [a.mean - b.mean, Math.sqrt(sum)];
  const statistic = difference / error;
  return { statistic, p: tTwoSidedP(statistic, freedom), difference, error, freedom };
}
