import { binomialUpperP } from '../../../src/domain/statistics/binomial.js';
import { differenceOfMeans, meanAgainstZero, slopeOf } from '../../../src/domain/statistics/student-tests.js';

// Expected values by SciPy 1 (`ttest_ind(equal_var=False)`, `linregress`, `binom.sf`).
it('compares two means whose spreads differ', () => {
  const test = differenceOfMeans([20, 22, 19, 25, 24], [28, 31, 22, 35]);
  expect(test?.value).toBeCloseTo(-7, 12);
  expect(test?.twoSidedP).toBeCloseTo(0.07705918699823897, 12);
  expect(test?.upperP).toBeCloseTo(1 - 0.07705918699823897 / 2, 12);
  expect(test!.low).toBeLessThan(-7);
  expect(test!.high).toBeGreaterThan(0);
});

it('tests a mean and a slope against zero', () => {
  expect(meanAgainstZero([1, 2, 3])?.twoSidedP).toBeCloseTo(0.07417990022744853, 12);
  const slope = slopeOf([0, 1, 2, 3], [1, 3, 2, 5]);
  expect(slope?.value).toBeCloseTo(1.1, 12);
  expect(slope?.twoSidedP).toBeCloseTo(0.16847815937970018, 12);
});

it('says nothing of too few values, or of values that are all the same', () => {
  expect(meanAgainstZero([1, 2])).toBeNull();
  expect(meanAgainstZero([4, 4, 4, 4])).toBeNull();
  expect(differenceOfMeans([1, 2, 3], [1, 2])).toBeNull();
  expect(slopeOf([1, 1, 1, 1], [1, 2, 3, 4])).toBeNull();
});

it.each([
  [12, 40, 0.15, 0.011969217872532124],
  [8, 10, 0.5, 0.0546875],
  [0, 10, 0.5, 1],
  [11, 10, 0.5, 0],
  [10, 10, 1, 1],
  [1, 10, 0, 0],
])('gives the chance of %i or more of %i at %f', (count, of, p, expected) => {
  expect(binomialUpperP(count, of, p)).toBeCloseTo(expected, 12);
});
