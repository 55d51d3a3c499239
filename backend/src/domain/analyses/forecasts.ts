import type { PersonHistory } from '../causality/person-history.js';
import { calibrate, calibrated } from '../forecasting/conformal.js';
import { LEVELS, MEDIAN_LEVEL, STEP_MINUTES } from '../forecasting/horizons.js';
import { chooseModel, CHOICE_DAYS, type ScoredForecast } from '../forecasting/model-choice.js';
import { type ForecastModel, MODEL_NAMES, type ModelName } from '../forecasting/model.js';
import { actualAfter, forecastsAt, type Moments, momentsOf } from '../forecasting/personal.js';
import { populationModel } from '../forecasting/population.js';
import { medianAfter, type QuantileForecast, quantileOf } from '../forecasting/quantile-forecast.js';
import { coverageOf, mae, parkesShares, rmse, widthOf } from '../forecasting/scores.js';
import { SECONDS_PER_DAY } from '../time/zone.js';
import type { AnalysisWindow } from './coverage.js';

/** Days before those that are judged, by which intervals are fitted to the person. */
const CALIBRATION_DAYS = 28;
/** A day of forecasts, one each half hour; with fewer the intervals of the model stand as they are. */
const LEAST_FORECASTS = 48;
/** The horizon at which models are compared. */
const COMPARED_MINUTES = 60;
const JUDGED_MINUTES = [30, 60, 120];

export interface ForecastCheckOptions {
  /** What served until now. */
  readonly current: ModelName;
}

/**
 * How forecasts did for a person in the last 14 days of a window, which model is to serve from now on, and its intervals
 * fitted to the person by the four weeks before those days. Replayed on the record as it is: readings that came late count
 * as though they had been there.
 */
export function forecastCheck(
  { glucose, zones }: PersonHistory,
  { to }: AnalysisWindow,
  options: ForecastCheckOptions,
) {
  const judgedFrom = to - CHOICE_DAYS * SECONDS_PER_DAY;
  const judged = momentsOf(glucose, zones, judgedFrom, to);
  const count = judged.histories.length;
  if (count < LEAST_FORECASTS) {
    const missing = [`${count} forecasts of the last ${CHOICE_DAYS} days can be judged, ${LEAST_FORECASTS} are needed`];
    return { status: 'too-little-data' as const, missing };
  }
  const forecasts = new Map(MODEL_NAMES.map((name) => [name, forecastsAt(judged, populationModel(name))]));
  const choice = chooseModel(options.current, scoredOf(judged, forecasts), to);
  const { model } = choice;
  const before = momentsOf(glucose, zones, judgedFrom - CALIBRATION_DAYS * SECONDS_PER_DAY, judgedFrom);
  const calibration = calibrationOf(before, populationModel(model));
  const own = (forecasts.get(model) ?? []).map((one) => (calibration ? calibrated(one, calibration) : one));
  return {
    status: 'done' as const,
    choice,
    calibrationMgdl: calibration && [...calibration.mgdl],
    horizons: JUDGED_MINUTES.map((minutes) => scoresAt(judged, own, minutes)),
  };
}

const calibrationOf = (before: Moments, model: ForecastModel) =>
  before.histories.length < LEAST_FORECASTS ? null : calibrate(forecastsAt(before, model), before.actual);

function scoredOf(moments: Moments, forecasts: ReadonlyMap<ModelName, QuantileForecast[]>): ScoredForecast[] {
  return moments.histories.flatMap(({ basedOn }, i) => {
    const actual = actualAfter(moments, i, COMPARED_MINUTES);
    if (actual === null) return [];
    const errors = [...forecasts].map(([name, all]) => [
      name,
      Math.abs(medianAfter(all[i]!, COMPARED_MINUTES) - actual),
    ]);
    return [{ at: basedOn, errorsMgdl: Object.fromEntries(errors) }];
  });
}

function scoresAt(moments: Moments, forecasts: readonly QuantileForecast[], minutes: number) {
  const step = minutes / STEP_MINUTES;
  const met = forecasts.flatMap((forecast, i) => {
    const actual = actualAfter(moments, i, minutes);
    const at = (level: number) => quantileOf(forecast, step, level);
    if (actual === null) return [];
    const within = (level: number) => ({ lower: at(level), upper: at(LEVELS.length - 1 - level), actual });
    return [
      { median: at(MEDIAN_LEVEL), actual, of80: within(LEVELS.indexOf(0.1)), of95: within(LEVELS.indexOf(0.025)) },
    ];
  });
  const zones = parkesShares(met);
  return {
    minutes,
    forecasts: met.length,
    rmseMgdl: rmse(met),
    maeMgdl: mae(met),
    within80: coverageOf(met.map(({ of80 }) => of80)),
    within95: coverageOf(met.map(({ of95 }) => of95)),
    width80Mgdl: widthOf(met.map(({ of80 }) => of80)),
    parkesAB: zones && zones.A + zones.B,
  };
}
