import { Random } from '../../../src/domain/simulator/random.js';
import { kendallTauB, spearman } from '../../../src/domain/statistics/rank-correlation.js';
import { sharedRanks } from '../../../src/domain/statistics/ranks.js';
import { typicalDifference } from '../../../src/domain/statistics/typical-difference.js';
import { mannWhitney, welch } from '../../../src/domain/statistics/two-samples.js';

function* ordersOf(values: readonly number[]): Generator<number[]> {
  if (values.length === 0) yield [];
  for (const [place, first] of values.entries()) {
    for (const rest of ordersOf(values.filter((_, index) => index !== place))) yield [first, ...rest];
  }
}

const FIVE = [1, 2, 3, 4, 5];
const everyOrder = [...ordersOf(FIVE)];

it('ranks share the mean where values are equal', () => {
  const { ranks, ties } = sharedRanks([3, 1, 3, 2, 3]);
  expect([...ranks]).toEqual([4, 1, 4, 2, 4]);
  expect(ties).toEqual([1, 1, 3]);
});

it('Kendall’s p-value is the share of all orders that are as far from nothing', () => {
  const all = everyOrder.map((order) => kendallTauB(FIVE, order));
  for (const { correlation, p } of all) {
    const farther = all.filter((other) => Math.abs(other.correlation) >= Math.abs(correlation) - 1e-12);
    expect(p).toBeCloseTo(farther.length / all.length, 12);
  }
});

it.each([spearman, kendallTauB])(
  '%p is 1 and -1 for the same and the opposite order, and unknown for a constant',
  (test) => {
    expect(test(FIVE, [10, 11, 30, 31, 90]).correlation).toBeCloseTo(1, 12);
    expect(test(FIVE, [9, 7, 5, 3, 1]).correlation).toBeCloseTo(-1, 12);
    expect(test(FIVE, [2, 2, 2, 2, 2]).correlation).toBeNaN();
  },
);

describe('Mann and Whitney', () => {
  it('counts the pairs in which the first is larger, ties half, and does not mind which side comes first', () => {
    const [some, others] = [
      [1, 4, 4, 9],
      [0, 4, 5],
    ];
    expect(mannWhitney(some, others)?.statistic).toBe(1 + 2 * 1.5 + 3);
    expect(mannWhitney(others, some)?.statistic).toBe(12 - 7);
    expect(mannWhitney(others, some)?.p).toBeCloseTo(mannWhitney(some, others)?.p ?? Number.NaN, 14);
  });

  it('says nothing of an empty side or of values that are all the same', () => {
    expect(mannWhitney([], [1, 2])).toBeNull();
    expect(mannWhitney([3, 3], [3])).toBeNull();
  });
});

describe('Welch', () => {
  it('changes its sign and nothing else when the sides change', () => {
    const [a, b] = [welch([5, 7, 9, 12], [1, 2, 2]), welch([1, 2, 2], [5, 7, 9, 12])];
    expect(a?.statistic).toBeCloseTo(-(b?.statistic ?? 0), 14);
    expect(a?.p).toBe(b?.p);
  });

  it('says nothing where a side has one value or nothing scatters', () => {
    expect(welch([1], [2, 3])).toBeNull();
    expect(welch([1, 1], [2, 2])).toBeNull();
  });
});

describe('The typical difference', () => {
  const some = [3.1, 4.7, 5.2, 6.6, 7.9, 9.4, 12];
  const others = [1.2, 2.2, 2.9, 3.3, 4.1, 5, 5.9, 8.8];

  it('is the median of all differences, with the one-sided p of the rank test', () => {
    const found = typicalDifference(some, others);
    expect(found?.value).toBeCloseTo(2.7, 12);
    expect(found?.low).toBeCloseTo(-0.2, 12);
    expect(found?.high).toBeCloseTo(6.1, 12);
    // scipy.stats.mannwhitneyu, method 'asymptotic', alternative 'greater'.
    expect(found?.upperP).toBeCloseTo(0.03642442916049603, 9);
    expect(typicalDifference(others, some)?.upperP).toBeGreaterThan(0.95);
  });

  it('is hardly moved by values far out, and needs three on each side', () => {
    const far = typicalDifference([...some, 4_000], others)?.value ?? Number.NaN;
    expect(Math.abs(far - 2.7)).toBeLessThan(1);
    expect(typicalDifference([1, 2], others)).toBeNull();
  });

  it('has an interval that holds the true shift 95 times in a hundred, a heavy tail or not', () => {
    const random = Random.seeded(5, 1);
    const skewed = (shift: number) => shift + 20 * Math.exp(random.normal(0, 0.8));
    let held = 0;
    for (let trial = 0; trial < 1_000; trial++) {
      const one = typicalDifference(
        Array.from({ length: 30 }, () => skewed(7)),
        Array.from({ length: 10 }, () => skewed(0)),
      );
      held += Number(one !== null && one.low <= 7 && one.high >= 7);
    }
    expect(held / 1_000).toBeGreaterThan(0.935);
    expect(held / 1_000).toBeLessThan(0.97);
  });
});
