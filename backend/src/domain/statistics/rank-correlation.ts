import { normalTwoSidedP } from './normal.js';
import { pearson } from './pearson.js';
import { sharedRanks } from './ranks.js';
import { correlationP } from './student-t.js';

export interface RankCorrelation {
  readonly correlation: number;
  readonly p: number;
}

/** Up to here the chance of every order is counted out rather than taken from a normal. */
const COUNTED_UP_TO = 33;

/** Spearman's: Pearson's of the ranks, tested as one. No value may be missing; NaN where either side does not change. */
export function spearman(x: readonly number[], y: readonly number[]): RankCorrelation {
  const [a, b] = [sharedRanks(x), sharedRanks(y)];
  if (Math.min(a.ties.length, b.ties.length) < 2) return { correlation: Number.NaN, p: Number.NaN };
  const { correlation, samples } = pearson(a.ranks, b.ranks);
  return { correlation, p: correlationP(correlation, samples - 2) };
}

/**
 * Kendall's tau-b (Kendall 1945, 10.1093/biomet/33.3.239), which allows for ties. Its p-value is counted over all orders
 * where nothing is tied and there are few values or all but one pair agree, and else that of the normal with the variance
 * under ties. No value may be missing; NaN where either side does not change.
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): RankCorrelation {
  const count = x.length;
  const pairs = (count * (count - 1)) / 2;
  const [tiesX, tiesY] = [sharedRanks(x).ties, sharedRanks(y).ties];
  const [tiedX, tiedY] = [tiedPairs(tiesX), tiedPairs(tiesY)];
  if (tiedX === pairs || tiedY === pairs) return { correlation: Number.NaN, p: Number.NaN };
  const { agreeing, opposed } = comparePairs(x, y);
  const surplus = agreeing - opposed;
  const correlation = Math.max(-1, Math.min(1, surplus / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY)));
  const fewer = Math.min(agreeing, opposed);
  if (tiedX + tiedY === 0 && (count <= COUNTED_UP_TO || fewer <= 1)) {
    return { correlation, p: Math.min(1, 2 * chanceOfInversions(count, fewer)) };
  }
  return { correlation, p: normalTwoSidedP(surplus / Math.sqrt(surplusVariance(count, tiesX, tiesY))) };
}

function comparePairs(x: readonly number[], y: readonly number[]): { agreeing: number; opposed: number } {
  let [agreeing, opposed] = [0, 0];
  for (let i = 1; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const product = Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
      if (product > 0) agreeing++;
      if (product < 0) opposed++;
    }
  }
  return { agreeing, opposed };
}

/** The chance that an order of `count` values picked blindly has at most `most` pairs the wrong way round. */
function chanceOfInversions(count: number, most: number): number {
  // Chances of exactly 0..most; one value more adds 0..size - 1 pairs, each as likely.
  let chances = new Float64Array(most + 1);
  chances[0] = 1;
  for (let size = 2; size <= count; size++) {
    const next = new Float64Array(most + 1);
    let window = 0;
    for (let inversions = 0; inversions <= most; inversions++) {
      window += chances[inversions]!;
      if (inversions >= size) window -= chances[inversions - size]!;
      next[inversions] = window / size;
    }
    chances = next;
  }
  return chances.reduce((sum, chance) => sum + chance, 0);
}

const tiedPairs = (ties: readonly number[]): number => sumOf(ties, (size) => (size * (size - 1)) / 2);

/** Variance of agreeing less opposed pairs where nothing holds, under ties (Kendall 1970, Rank Correlation Methods, 4.3). */
function surplusVariance(count: number, tiesX: readonly number[], tiesY: readonly number[]): number {
  const ordered = count * (count - 1);
  const spread = (ties: readonly number[]) => sumOf(ties, (size) => size * (size - 1) * (2 * size + 5));
  const triples = (ties: readonly number[]) => sumOf(ties, (size) => size * (size - 1) * (size - 2));
  return (
    (ordered * (2 * count + 5) - spread(tiesX) - spread(tiesY)) / 18 +
    (2 * tiedPairs(tiesX) * tiedPairs(tiesY)) / ordered +
    (triples(tiesX) * triples(tiesY)) / (9 * ordered * (count - 2))
  );
}

const sumOf = (values: readonly number[], term: (value: number) => number): number =>
  values.reduce((sum, value) => sum + term(value), 0);
