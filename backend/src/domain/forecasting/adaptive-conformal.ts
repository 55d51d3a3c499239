import { INTERVALS } from './conformal.js';
import { JUDGED_MINUTES, LEVELS, STEP_MINUTES, STEPS } from './horizons.js';
import { clamp, type QuantileForecast, quantileOf } from './quantile-forecast.js';
import { normalQuantile } from '../statistics/normal.js';

/**
 * Adaptive conformal inference (Gibbs and Candès 2021, arXiv 2106.00170, equation 2): the share of misses that an interval
 * is built for is raised after every hit and lowered after every miss, so that over time as many are missed as should be,
 * however the person changes. Held within bounds, so that no run of misses asks for an interval without an end.
 *
 * A row for each of `JUDGED_MINUTES`, a column for each of `FOLLOWED_INTERVALS`; what lies between is on a line.
 */
export type MissShares = Float64Array;

/** The intervals of 95 and of 80 %: those that are promised to people. */
export const FOLLOWED_INTERVALS = [0.95, 0.8].map((coverage) =>
  INTERVALS.find((one) => Math.abs(one.coverage - coverage) < 1e-9)!,
);
const WANTED = FOLLOWED_INTERVALS.map(({ coverage }) => 1 - coverage);
const FOLLOWED = FOLLOWED_INTERVALS.length;

/** What the paper uses throughout: slow enough to be steady, fast enough for a change within days. */
const RATE = 0.005;
/** No interval is built for less than a 25th of what is wanted: 0.2 % instead of 5, 0.8 instead of 20. */
const LEAST = 1 / 25;
/** How far the share may wander: below what is built for, so that misses at the widest are not forgotten at once. */
const LOWEST = -1;
const HIGHEST = 3;
/** Of the misses of the narrower interval, the wider is built for no more than this share. */
const WIDER_AT_MOST = 0.75;

/** As the intervals are called. */
export const wantedShares = (): MissShares =>
  Float64Array.from({ length: JUDGED_MINUTES.length * FOLLOWED }, (_, i) => WANTED[i % FOLLOWED]!);

/**
 * Moves the shares of one horizon by what came of one forecast.
 * @param horizon a place in `JUDGED_MINUTES`
 * @param quantiles as they were said, mg/dL, a value for each of `LEVELS`
 */
export function learn(shares: MissShares, horizon: number, quantiles: ArrayLike<number>, actual: number): void {
  for (const [place, { lower, upper }] of FOLLOWED_INTERVALS.entries()) {
    const at = horizon * FOLLOWED + place;
    const wanted = WANTED[place]!;
    const missed = Number(actual < quantiles[lower]! || actual > quantiles[upper]!);
    const next = shares[at]! + RATE * (wanted - missed);
    shares[at] = Math.min(HIGHEST * wanted, Math.max(LOWEST * wanted, next));
  }
}

/** A forecast whose intervals are built for these shares of misses. The median stays, and levels stay in order. */
export function builtFor(forecast: QuantileForecast, shares: MissShares): QuantileForecast {
  const mgdl = forecast.mgdl.slice();
  const ends = JUDGED_MINUTES.map((_, horizon) => endsOf(builtShares(shares, horizon)));
  for (let step = 1; step <= STEPS; step++) {
    const { horizon, part } = placeOf(step * STEP_MINUTES);
    const own = mgdl.subarray((step - 1) * LEVELS.length, step * LEVELS.length);
    for (const [place, { lower, upper }] of INTERVALS.entries()) {
      const before = ends[horizon]![place]!;
      const z = before + part * (ends[horizon + 1]![place]! - before);
      own[lower] = clamp(valueAt(forecast, step, z));
      own[upper] = clamp(valueAt(forecast, step, -z));
    }
  }
  return { lastMgdl: forecast.lastMgdl, mgdl };
}

/** The judged horizon before an instant, and how far on the way to the next it is; the first stands for what is sooner. */
function placeOf(minutes: number): { horizon: number; part: number } {
  const next = Math.max(
    1,
    JUDGED_MINUTES.findIndex((one) => minutes <= one),
  );
  const [from, to] = [JUDGED_MINUTES[next - 1]!, JUDGED_MINUTES[next]!];
  return { horizon: next - 1, part: Math.max(0, (minutes - from) / (to - from)) };
}

/** What the intervals of a horizon are built for: shares of misses of the wider and of the narrower. */
export function builtShares(shares: MissShares, horizon: number): readonly [number, number] {
  const held = (place: number): number => Math.max(LEAST * WANTED[place]!, shares[horizon * FOLLOWED + place]!);
  const some = held(1);
  return [Math.min(held(0), WIDER_AT_MOST * some), some];
}

/** Where the lower end of each of `INTERVALS` stands, as a standard normal's z. */
const endsOf = ([most, some]: readonly [number, number]): number[] =>
  INTERVALS.map(({ coverage }) => normalQuantile(shareFor(1 - coverage, most, some) / 2));

/** What an interval called by a share of misses is built for: on the line through those that are followed, 0 and 1. */
function shareFor(called: number, most: number, some: number): number {
  const [wantedMost, wantedSome] = [WANTED[0]!, WANTED[1]!];
  if (called <= wantedMost) return (called / wantedMost) * most;
  if (called <= wantedSome) return most + ((called - wantedMost) / (wantedSome - wantedMost)) * (some - most);
  return some + ((called - wantedSome) / (1 - wantedSome)) * (1 - some);
}

const Z_OF_LEVELS = LEVELS.map(normalQuantile);

/** The value at a standard normal's z: on straight lines between levels, and beyond the outermost as the last one goes. */
function valueAt(forecast: QuantileForecast, step: number, z: number): number {
  let level = 0;
  while (level < LEVELS.length - 2 && Z_OF_LEVELS[level + 1]! < z) level++;
  const [before, after] = [Z_OF_LEVELS[level]!, Z_OF_LEVELS[level + 1]!];
  const value = quantileOf(forecast, step, level);
  return value + ((z - before) / (after - before)) * (quantileOf(forecast, step, level + 1) - value);
}
