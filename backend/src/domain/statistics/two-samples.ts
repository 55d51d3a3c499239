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

/**
 * Whether two means differ where the spreads may as well (Welch 1947, 10.1093/biomet/34.1-2.28). `null` for fewer than two
 * values on a side, or where nothing scatters.
 */
export function welch(some: readonly number[], others: readonly number[]): TwoSampleTest | null {
  const [a, b] = [momentsOf(some), momentsOf(others)];
  const sum = a.variance + b.variance;
  if (Math.min(some.length, others.length) < 2 || !(sum > 0)) return null;
  const statistic = (a.mean - b.mean) / Math.sqrt(sum);
  const freedom = (sum * sum) / (a.variance ** 2 / (some.length - 1) + b.variance ** 2 / (others.length - 1));
  return { statistic, p: tTwoSidedP(statistic, freedom) };
}

/** The mean, and the variance of the mean. */
function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (count - 1) / count };
}
