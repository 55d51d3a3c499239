/**
 * How often each value occurs: distinct values ascending with their counts. Sensors report a few hundred distinct
 * values, so whatever does not depend on the order of readings is computed over these instead of over the readings.
 */
export interface Distribution {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly total: number;
}

/** The distribution of a column, in any order. */
export function distributionOf(column: Float64Array): Distribution {
  const sorted = column.slice().sort();
  const values = new Float64Array(sorted.length);
  const counts = new Float64Array(sorted.length);
  let distinct = 0;
  for (const value of sorted) {
    if (distinct === 0 || values[distinct - 1] !== value) values[distinct++] = value;
    counts[distinct - 1] = (counts[distinct - 1] ?? 0) + 1;
  }
  return { values: values.subarray(0, distinct), counts: counts.subarray(0, distinct), total: sorted.length };
}

/** The distribution of pairs of value and count, in any order. */
export function distributionOfPairs(pairs: ReadonlyArray<readonly [value: number, count: number]>): Distribution {
  const sorted = pairs.toSorted((a, b) => a[0] - b[0]);
  const counts = Float64Array.from(sorted, (pair) => pair[1]);
  return {
    values: Float64Array.from(sorted, (pair) => pair[0]),
    counts,
    total: counts.reduce((sum, count) => sum + count, 0),
  };
}

/** Sum of `term` over every occurrence. */
export function sumOver(distribution: Distribution, term: (value: number) => number): number {
  let sum = 0;
  distribution.values.forEach((value, i) => {
    sum += term(value) * (distribution.counts[i] ?? 0);
  });
  return sum;
}

/** Mean of `term` over every occurrence; NaN where there is none. */
export const meanOver = (distribution: Distribution, term: (value: number) => number): number =>
  sumOver(distribution, term) / distribution.total;

/** Mean, with the correction of a second pass. */
export function meanOfDistribution(distribution: Distribution): number {
  const mean = meanOver(distribution, (value) => value);
  return mean + meanOver(distribution, (value) => value - mean);
}

/** Standard deviation (n - 1); NaN below two values. */
export function sdOfDistribution(distribution: Distribution): number {
  if (distribution.total < 2) return Number.NaN;
  const mean = meanOfDistribution(distribution);
  return Math.sqrt(sumOver(distribution, (value) => (value - mean) * (value - mean)) / (distribution.total - 1));
}

/** Share of the values that fulfil a condition, in percent; NaN where there is no value. */
export const percentWhere = (distribution: Distribution, condition: (value: number) => boolean): number =>
  (100 * sumOver(distribution, (value) => (condition(value) ? 1 : 0))) / distribution.total;

/** Quantile of type 7 (linear interpolation); NaN where there is no value. */
export function quantileOfDistribution(distribution: Distribution, probability: number): number {
  const position = (distribution.total - 1) * probability;
  const below = Math.floor(position);
  const low = valueAtRank(distribution, below);
  const high = valueAtRank(distribution, Math.min(below + 1, distribution.total - 1));
  return low + (position - below) * (high - low);
}

function valueAtRank(distribution: Distribution, rank: number): number {
  let passed = 0;
  for (let i = 0; i < distribution.values.length; i++) {
    passed += distribution.counts[i] ?? 0;
    if (rank < passed) return distribution.values[i] ?? Number.NaN;
  }
  return Number.NaN;
}

/** The distribution of the values after a transformation that need not keep their order. */
export const mapDistribution = (distribution: Distribution, transform: (value: number) => number): Distribution =>
  distributionOfPairs(Array.from(distribution.values, (value, i) => [transform(value), distribution.counts[i] ?? 0]));
