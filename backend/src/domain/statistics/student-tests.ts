import { momentsOf } from './moments.js';
import { tCritical, tTwoSidedP } from './student-t.js';
import { welch } from './two-samples.js';

/** A mean, a difference of means or a slope with its 95 % interval, tested against zero. */
export interface StudentTest {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** The chance of such a value or a larger one where the true one is zero. */
  readonly upperP: number;
  readonly twoSidedP: number;
}

/** Student's test of a mean against zero; for differences of pairs as well. `null` for fewer than three values. */
export function meanAgainstZero(values: readonly number[]): StudentTest | null {
  const { count, mean, variance } = momentsOf(values);
  return count < 3 ? null : judged(mean, Math.sqrt(variance / count), count - 1);
}

/** The mean of some values less that of others, by Welch's test. `null` for fewer than three values on a side. */
export function differenceOfMeans(some: readonly number[], others: readonly number[]): StudentTest | null {
  const test = Math.min(some.length, others.length) < 3 ? null : welch(some, others);
  return test && judged(test.difference, test.error, test.freedom);
}

/** The slope of the line of least squares through points. `null` for fewer than four, or where all x are the same. */
export function slopeOf(x: readonly number[], y: readonly number[]): StudentTest | null {
  const count = x.length;
  const [meanX, meanY] = [momentsOf(x).mean, momentsOf(y).mean];
  const spread = x.reduce((sum, at) => sum + (at - meanX) ** 2, 0);
  if (count < 4 || spread === 0) return null;
  const slope = x.reduce((sum, at, i) => sum + (at - meanX) * ((y[i] ?? 0) - meanY), 0) / spread;
  const left = x.reduce((sum, at, i) => sum + ((y[i] ?? 0) - meanY - slope * (at - meanX)) ** 2, 0);
  return judged(slope, Math.sqrt(left / (count - 2) / spread), count - 2);
}

function judged(value: number, error: number, freedom: number): StudentTest | null {
  // Values that are all the same say nothing of how they would scatter.
  if (!(error > 0)) return null;
  const twoSidedP = tTwoSidedP(value / error, freedom);
  const margin = tCritical(0.05, freedom) * error;
  return {
    value,
    low: value - margin,
    high: value + margin,
    upperP: value > 0 ? twoSidedP / 2 : 1 - twoSidedP / 2,
    twoSidedP,
  };
}
