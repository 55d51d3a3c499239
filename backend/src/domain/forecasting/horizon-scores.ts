import { INTERVALS } from './conformal.js';
import { MEDIAN_LEVEL } from './horizons.js';
import { coverageOf, mae, parkesShares, rmse, widthOf } from './scores.js';

/** What was said of one instant, mg/dL, a value for each of `LEVELS`, and what came. */
export interface MetForecast {
  readonly quantiles: ArrayLike<number>;
  readonly actual: number;
}

/** How forecasts of one horizon did; shares are 0 to 1, and `null` where nothing could be judged. */
export function horizonScores(minutes: number, met: readonly MetForecast[]) {
  const medians = met.map(({ quantiles, actual }) => ({ median: quantiles[MEDIAN_LEVEL]!, actual }));
  const within = (share: number) => {
    const { lower, upper } = INTERVALS.find(({ coverage }) => Math.abs(coverage - share) < 1e-9)!;
    return met.map(({ quantiles, actual }) => ({ lower: quantiles[lower]!, upper: quantiles[upper]!, actual }));
  };
  const zones = parkesShares(medians);
  return {
    minutes,
    forecasts: met.length,
    rmseMgdl: rmse(medians),
    maeMgdl: mae(medians),
    within50: coverageOf(within(0.5)),
    within80: coverageOf(within(0.8)),
    within90: coverageOf(within(0.9)),
    within95: coverageOf(within(0.95)),
    width80Mgdl: widthOf(within(0.8)),
    parkesAB: zones && zones.A + zones.B,
  };
}
