import type { StudentTest } from './student-tests.js';
import { mannWhitney } from './two-samples.js';

/** Standard errors of a normal within which 95 % lie. */
const MARGIN = 1.959964;

/**
 * By how much one of `some` typically exceeds one of `others`: the median of all differences (Hodges and Lehmann 1963,
 * 10.1214/aoms/1177704172) with the interval that belongs to the test of Mann and Whitney, by the normal approximation.
 * A few values far out, as among nights after a forgotten bolus, hardly move it. `null` for fewer than three on a side.
 */
export function typicalDifference(some: readonly number[], others: readonly number[]): StudentTest | null {
  const [m, n] = [some.length, others.length];
  const test = Math.min(m, n) < 3 ? null : mannWhitney(some, others);
  if (!test) return null;
  const differences = Float64Array.from({ length: m * n }, (_, k) => some[Math.floor(k / n)]! - others[k % n]!).sort();
  // Ties are not allowed for here: that leaves the interval a little too wide.
  const deviation = Math.sqrt((m * n * (m + n + 1)) / 12);
  const cut = Math.max(0, Math.floor((m * n) / 2 - MARGIN * deviation));
  const middle = differences.length / 2;
  return {
    value: (differences[Math.ceil(middle) - 1]! + differences[Math.floor(middle)]!) / 2,
    low: differences[cut]!,
    high: differences[differences.length - 1 - cut]!,
    upperP: 2 * test.statistic > m * n ? test.p / 2 : 1 - test.p / 2,
    twoSidedP: test.p,
  };
}
