import { conformalQuantile } from './conformal.js';

/**
 * Adaptive conformal inference (Gibbs and Candès 2021, arXiv 2106.00170): the share of misses that an interval is built for
 * is raised after every hit and lowered after every miss, so that over time as many are missed as should be, however the
 * person changes.
 */
export interface AdaptiveLevel {
  /** The share of misses wanted, 0 to 1. */
  readonly wanted: number;
  /** The share that the next interval is built for; may leave 0..1 for a while. */
  readonly alpha: number;
  /** How much one value moves it. */
  readonly rate: number;
}

/** What the paper uses throughout: slow enough to be steady, fast enough for a change within days. */
const USUAL_RATE = 0.005;

export const startLevel = (coverage: number, rate = USUAL_RATE): AdaptiveLevel => ({
  wanted: 1 - coverage,
  alpha: 1 - coverage,
  rate,
});

/** The level after one more interval that held its value or did not (equation 2). */
export const nextLevel = (level: AdaptiveLevel, missed: boolean): AdaptiveLevel => ({
  ...level,
  alpha: level.alpha + level.rate * (level.wanted - (missed ? 1 : 0)),
});

/**
 * mg/dL by which the next interval is widened, from how far past values lay outside theirs before widening
 * (`outsideness`). Infinite where nothing may be missed, minus infinity where everything may: an interval that is then
 * held to the range of sensors, or empty.
 */
export function adaptiveWidening(scores: readonly number[] | Float64Array, { alpha }: AdaptiveLevel): number {
  if (alpha <= 0) return Number.POSITIVE_INFINITY;
  if (alpha >= 1) return Number.NEGATIVE_INFINITY;
  return conformalQuantile(scores, 1 - alpha);
}

/**
 * How far the share of misses can be from the wanted one after `count` values, whatever came (proposition 4.1). A start
 * from within 0..1 is assumed.
 */
export const furthestShare = (start: AdaptiveLevel, count: number): number =>
  (Math.max(start.alpha, 1 - start.alpha) + start.rate) / (count * start.rate);
