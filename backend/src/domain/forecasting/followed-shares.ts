import { firstAtOrAfter, type GlucoseSeries } from '../glycemia/series.js';
import { builtFor, learn, type MissShares, wantedShares } from './adaptive-conformal.js';
import { NEAR_SECONDS, valuesAfter } from './fitting/series-windows.js';
import { JUDGED_MINUTES, LEVELS, STEP_MINUTES } from './horizons.js';
import { actualAfter, BETWEEN_JUDGED_SECONDS, type Moments } from './personal.js';
import type { QuantileForecast } from './quantile-forecast.js';

/** Shares of misses, as far as they follow from what could be judged at an instant, seconds since the epoch. */
export interface FollowedShares {
  readonly until: number;
  readonly shares: MissShares;
}

/** From then on no reading that comes in time can change which value counts. */
const judgedAt = (basedOn: number, minutes: number): number => basedOn + minutes * 60 + NEAR_SECONDS;

/**
 * Forecasts as they would have been said one after the other, each with intervals built for what those before it had
 * missed by then, and where that has led until an instant. Follows from the record alone.
 */
export function replayed(
  moments: Moments,
  forecasts: readonly QuantileForecast[],
  until: number,
): FollowedShares & { readonly forecasts: readonly QuantileForecast[] } {
  const shares = wantedShares();
  const next = JUDGED_MINUTES.map(() => 0);
  const said: QuantileForecast[] = [];
  const learnUntil = (instant: number): void => {
    for (const [horizon, minutes] of JUDGED_MINUTES.entries()) {
      for (; next[horizon]! < said.length; next[horizon]!++) {
        const moment = next[horizon]!;
        if (judgedAt(moments.histories[moment]!.basedOn, minutes) > instant) break;
        const actual = actualAfter(moments, moment, minutes);
        const from = (minutes / STEP_MINUTES - 1) * LEVELS.length;
        const quantiles = said[moment]!.mgdl.subarray(from, from + LEVELS.length);
        if (actual !== null) learn(shares, horizon, quantiles, actual);
      }
    }
  };
  for (const [i, { basedOn }] of moments.histories.entries()) {
    learnUntil(basedOn);
    said.push(builtFor(forecasts[i]!, shares));
  }
  learnUntil(until);
  return { until, shares, forecasts: said };
}

/** An issued forecast as far as its intervals go. */
export interface IssuedIntervals {
  /** Seconds since the epoch of the reading that it starts from. */
  readonly basedOn: number;
  /** Tenths of mg/dL; a row for each of `JUDGED_MINUTES`, a column per level. */
  readonly quantiles: ArrayLike<number>;
}

/** Further back nothing is looked at: a night closes each day. */
export const FOLLOWED_SECONDS = 30 * 3600;

/**
 * From when on forecasts, by the reading they start from, are needed to follow a night: from the beginning of a half hour,
 * so that its first is the same whenever one asks.
 */
export function followedSince(night: FollowedShares | null, instant: number): number {
  const unjudged = (night?.until ?? Number.NEGATIVE_INFINITY) - Math.max(...JUDGED_MINUTES) * 60 - NEAR_SECONDS;
  const from = Math.max(instant - FOLLOWED_SECONDS, unjudged);
  return Math.floor(from / BETWEEN_JUDGED_SECONDS) * BETWEEN_JUDGED_SECONDS;
}

/**
 * Where a night's shares have been led by what came of forecasts since, judged at an instant. The same forecasts and
 * readings give the same, in whatever order and however late they came in.
 * @param issued ascending by the reading they start from, one each half hour
 */
export function followShares(
  night: FollowedShares | null,
  issued: readonly IssuedIntervals[],
  series: GlucoseSeries,
  instant: number,
): MissShares {
  const shares = night ? night.shares.slice() : wantedShares();
  const from = Math.max(night?.until ?? Number.NEGATIVE_INFINITY, instant - FOLLOWED_SECONDS);
  for (const { basedOn, quantiles } of issued) {
    const index = firstAtOrAfter(series.instants, basedOn);
    // A reading that was withdrawn since, or is no longer looked back to.
    if (series.instants[index] !== basedOn) continue;
    const actual = valuesAfter(series, index);
    for (const [horizon, minutes] of JUDGED_MINUTES.entries()) {
      const at = judgedAt(basedOn, minutes);
      const value = actual[minutes / STEP_MINUTES - 1]!;
      if (at <= from || at > instant || Number.isNaN(value)) continue;
      const said = LEVELS.map((_, level) => quantiles[horizon * LEVELS.length + level]! / 10);
      learn(shares, horizon, said, value);
    }
  }
  return shares;
}
