import type { PersonHistory } from '../causality/person-history.js';
import { calibrate, calibrated } from '../forecasting/conformal.js';
import { horizonScores, type MetForecast } from '../forecasting/horizon-scores.js';
import { type Correction, corrected } from '../forecasting/correction.js';
import { fitCorrection } from '../forecasting/fitting/fit-correction.js';
import { replayed } from '../forecasting/followed-shares.js';
import { JUDGED_MINUTES, LEVELS, STEP_MINUTES } from '../forecasting/horizons.js';
import { COMPARED_MINUTES, type IssuedForecast } from '../forecasting/issued.js';
import { issuedHorizons, issuedLowAlarms, meet, type MetIssued, scoredModels } from '../forecasting/issued-scores.js';
import { chooseModel, CHOICE_DAYS, CHOICE_NEEDED, type ScoredForecast } from '../forecasting/model-choice.js';
import { SERVING_NAMES, type ServingName } from '../forecasting/model.js';
import { intakeOf, type NotedIntake } from '../forecasting/on-board.js';
import { actualAfter, forecastsAt, type Moments, momentsOf } from '../forecasting/personal.js';
import { POPULATION, populationModel } from '../forecasting/population.js';
import { medianAfter, type QuantileForecast } from '../forecasting/quantile-forecast.js';
import type { GlucoseSeries } from '../glycemia/series.js';
import { SECONDS_PER_DAY } from '../time/zone.js';
import type { AnalysisWindow } from './coverage.js';

/** Days before those that are judged, by which intervals are fitted to the person. */
const CALIBRATION_DAYS = 28;
/** A day of forecasts, one each half hour; with fewer the intervals of the model stand as they are. */
const LEAST_FORECASTS = 48;

export interface ForecastCheckOptions {
  /** In place of what served until now. */
  readonly current?: ServingName | undefined;
}

/**
 * How forecasts did for a person in the last 14 days of a window, which model is to serve from now on, and its intervals
 * fitted to the person by the four weeks before those days and led by what came of each forecast since. Twice over: as
 * they were issued, and replayed on the record as it is, where readings that came late count as though they had been
 * there. The model is chosen by what was issued where there is enough of it.
 */
export function forecastCheck(history: PersonHistory, { to }: AnalysisWindow, options: ForecastCheckOptions) {
  const { glucose, zones, forecasts: record } = history;
  const judgedFrom = to - CHOICE_DAYS * SECONDS_PER_DAY;
  const judged = momentsOf(glucose, zones, judgedFrom, to);
  const count = judged.histories.length;
  if (count < LEAST_FORECASTS) {
    const missing = [`${count} forecasts of the last ${CHOICE_DAYS} days can be judged, ${LEAST_FORECASTS} are needed`];
    return { status: 'too-little-data' as const, missing };
  }
  const before = momentsOf(glucose, zones, judgedFrom - CALIBRATION_DAYS * SECONDS_PER_DAY, judgedFrom);
  const intake = intakeOf(history);
  const said = forecastsAt(before, populationModel('network'));
  const correction = fitCorrection([{ moments: before, forecasts: said, intake }]);
  const network = forecastsAt(judged, populationModel('network'));
  const names = SERVING_NAMES.filter((name) => name !== 'personal' || correction);
  const forecasts = new Map(names.map((name) => [name, saidBy(name, judged, network, intake, correction)]));
  const met = issuedSince(record?.issued ?? [], judgedFrom, glucose, to);
  const live = scoredModels(met);
  const basis: 'as-issued' | 'replayed' = live.length >= CHOICE_NEEDED ? 'as-issued' : 'replayed';
  const scored = basis === 'as-issued' ? live : scoredOf(judged, forecasts);
  const serving = options.current ?? record?.serving ?? 'network';
  const choice = chooseModel(serving === 'personal' && !correction ? 'network' : serving, scored, to);
  const { model } = choice;
  const switched = model === serving ? null : { from: serving, to: model, at: to };
  const calibration =
    before.histories.length < LEAST_FORECASTS
      ? null
      : calibrate(saidBy(model, before, said, intake, correction), before.actual);
  const fitted = forecasts.get(model)!.map((one) => (calibration ? calibrated(one, calibration) : one));
  const followed = replayed(judged, fitted, to);
  return {
    status: 'done' as const,
    choice: {
      ...choice,
      switched,
      basis,
      lastSwitch: switched ?? record?.lastSwitch ?? null,
    },
    correctionMgdl: correction && [...correction.weights],
    calibrationMgdl: calibration && [...calibration.mgdl],
    followed: { until: to, missShares: [...followed.shares] },
    horizons: JUDGED_MINUTES.map((minutes) => horizonScores(minutes, metAt(judged, followed.forecasts, minutes))),
    issued: met.length === 0 ? null : { horizons: issuedHorizons(met), lowAlarms: issuedLowAlarms(met, glucose) },
  };
}

/** Of the models that ship now: others made other mistakes. */
const issuedSince = (
  issued: readonly IssuedForecast[],
  from: number,
  glucose: GlucoseSeries,
  to: number,
): MetIssued[] =>
  meet(
    issued.filter(({ basedOn, version }) => basedOn >= from && basedOn < to && version === POPULATION.version),
    glucose,
    to,
  );

/** What a model says at some moments, where the network, which a person's own corrects, says this. */
function saidBy(
  name: ServingName,
  moments: Moments,
  network: QuantileForecast[],
  intake: NotedIntake,
  correction: Correction | null,
): QuantileForecast[] {
  if (name === 'network') return network;
  if (name !== 'personal') return forecastsAt(moments, populationModel(name));
  return network.map((one, i) => (correction ? corrected(one, moments.histories[i]!, intake, correction) : one));
}

function scoredOf(moments: Moments, forecasts: ReadonlyMap<ServingName, QuantileForecast[]>): ScoredForecast[] {
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

/** Replayed forecasts of one horizon, with what came. */
const metAt = (moments: Moments, forecasts: readonly QuantileForecast[], minutes: number): MetForecast[] =>
  forecasts.flatMap((forecast, i) => {
    const actual = actualAfter(moments, i, minutes);
    const from = (minutes / STEP_MINUTES - 1) * LEVELS.length;
    return actual === null ? [] : [{ quantiles: forecast.mgdl.subarray(from, from + LEVELS.length), actual }];
  });
