import { builtFor, learn, wantedShares } from '../../domain/forecasting/adaptive-conformal.js';
import { calibrate, calibrated, type Calibration } from '../../domain/forecasting/conformal.js';
import { pinball } from '../../domain/forecasting/fitting/pinball.js';
import type { WindowSet } from '../../domain/forecasting/fitting/window-set.js';
import { JUDGED_MINUTES, LEVELS, MEDIAN_LEVEL, STEP_MINUTES, STEPS } from '../../domain/forecasting/horizons.js';
import { HISTORY_STEPS } from '../../domain/forecasting/inputs.js';
import { forecastOf, type ForecastModel } from '../../domain/forecasting/model.js';
import { type QuantileForecast, quantileOf } from '../../domain/forecasting/quantile-forecast.js';
import { coverageOf, mae, medianOf, parkesShares, rmse, widthOf } from '../../domain/forecasting/scores.js';
import { type GlucoBenchSet, PROTOCOL_STEPS, type ProtocolWindow } from './glucobench-set.js';

/** A window of the protocol with its forecast. */
export interface Scored {
  readonly subject: string;
  readonly forecast: QuantileForecast;
  /** `PROTOCOL_STEPS` values, mg/dL. */
  readonly actual: Float64Array;
}

export const minuteBefore = (set: GlucoBenchSet, { segment, at }: ProtocolWindow): number =>
  (set.segments[segment]!.firstMinute + (at - 1) * 5) % 1440;

/** Forecasts windows of a set from what stands before them. */
export function scoreWindows(
  set: GlucoBenchSet,
  windows: readonly ProtocolWindow[],
  model: ForecastModel,
  calibration: Calibration | null,
): Scored[] {
  return windows.map((window) => {
    const { mgdl } = set.segments[window.segment]!;
    const history = { mgdl: mgdl.subarray(window.at - HISTORY_STEPS, window.at) };
    const raw = forecastOf(model, history, minuteBefore(set, window));
    return {
      subject: window.subject,
      forecast: calibration ? calibrated(raw, calibration) : raw,
      actual: mgdl.subarray(window.at, window.at + PROTOCOL_STEPS),
    };
  });
}

/**
 * The same windows with intervals that follow what came of the windows before them in the same range, as the product does it.
 * Outside the protocol, whose intervals are fixed before the first test value: each window here has seen the values that
 * earlier ones were judged by, never one of its own.
 */
export function followWindows(windows: readonly ProtocolWindow[], scored: readonly Scored[]): Scored[] {
  const horizons = JUDGED_MINUTES.map((minutes) => minutes / STEP_MINUTES).filter((steps) => steps <= PROTOCOL_STEPS);
  const said: Scored[] = [];
  let shares = wantedShares();
  let next = horizons.map(() => 0);
  for (const [i, { segment, at }] of windows.entries()) {
    if (i === 0 || windows[i - 1]!.segment !== segment || windows[i - 1]!.at > at) {
      shares = wantedShares();
      next = horizons.map(() => i);
    }
    for (const [horizon, steps] of horizons.entries()) {
      for (; next[horizon]! < i && windows[next[horizon]!]!.at + steps <= at; next[horizon]!++) {
        const { forecast, actual } = said[next[horizon]!]!;
        const from = (steps - 1) * LEVELS.length;
        learn(shares, horizon, forecast.mgdl.subarray(from, from + LEVELS.length), actual[steps - 1]!);
      }
    }
    said.push({ ...scored[i]!, forecast: builtFor(scored[i]!.forecast, shares) });
  }
  return said;
}

/** Calibration on the windows of some people that nothing was fitted to, for others. */
export function calibrationOn(people: readonly WindowSet[], model: ForecastModel): Calibration | null {
  const forecasts = people.flatMap((windows) =>
    Array.from({ length: windows.count }, (_, i) => {
      const mgdl = Float64Array.from(windows.histories.subarray(i * HISTORY_STEPS, (i + 1) * HISTORY_STEPS));
      const minute = windows.minutesOfDay[i]!;
      return forecastOf(model, { mgdl }, Number.isNaN(minute) ? null : minute);
    }),
  );
  const targets = people.flatMap((windows) => [...windows.targets]);
  const groups = people.flatMap((windows, person) => Array<number>(windows.count).fill(person));
  // Four people cannot say what one in twenty does: then every window counts for itself.
  return calibrate(forecasts, targets, groups) ?? calibrate(forecasts, targets);
}

export interface WindowErrors {
  readonly medianMse: number;
  readonly medianMae: number;
  readonly meanMse: number;
  readonly meanMae: number;
}

/** Errors of whole windows, as the benchmark's paper counts them. */
export function windowErrors(scored: readonly Scored[]): WindowErrors {
  const ofWindows = scored.map(({ forecast, actual }) => {
    const values = [...actual].map((value, i) => ({
      median: quantileOf(forecast, i + 1, MEDIAN_LEVEL),
      actual: value,
    }));
    return { mse: rmse(values)! ** 2, mae: mae(values)! };
  });
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    medianMse: medianOf(ofWindows.map((one) => one.mse))!,
    medianMae: medianOf(ofWindows.map((one) => one.mae))!,
    meanMse: mean(ofWindows.map((one) => one.mse)),
    meanMae: mean(ofWindows.map((one) => one.mae)),
  };
}

export const LEVEL_80 = [2, 6] as const;
export const LEVEL_95 = [0, 8] as const;

/** Errors and intervals so many minutes ahead, over all windows. */
export function stepScores(scored: readonly Scored[], minutes: number) {
  const step = minutes / 5;
  const values = scored.map(({ forecast, actual }) => ({
    median: quantileOf(forecast, step, MEDIAN_LEVEL),
    actual: actual[step - 1]!,
  }));
  const intervals = ([lower, upper]: readonly [number, number], of = scored) =>
    of.map(({ forecast, actual }) => ({
      lower: quantileOf(forecast, step, lower),
      upper: quantileOf(forecast, step, upper),
      actual: actual[step - 1]!,
    }));
  const subjects = [...new Set(scored.map(({ subject }) => subject))];
  const bySubject = subjects.map((subject) =>
    coverageOf(
      intervals(
        LEVEL_80,
        scored.filter((one) => one.subject === subject),
      ),
    )!,
  );
  const parkes = parkesShares(values)!;
  return {
    rmse: rmse(values)!,
    mae: mae(values)!,
    coverage80: coverageOf(intervals(LEVEL_80))!,
    coverage95: coverageOf(intervals(LEVEL_95))!,
    width80: widthOf(intervals(LEVEL_80))!,
    width95: widthOf(intervals(LEVEL_95))!,
    worstSubject80: Math.min(...bySubject),
    parkesA: parkes.A,
    parkesAB: parkes.A + parkes.B,
  };
}

/** Mean pinball loss of all quantiles and steps of the protocol, mg/dL. */
export function meanPinball(scored: readonly Scored[]): number {
  let sum = 0;
  for (const { forecast, actual } of scored) {
    for (const [i, value] of actual.entries()) {
      for (const [level, probability] of LEVELS.entries()) {
        sum += pinball(probability, quantileOf(forecast, i + 1, level), value);
      }
    }
  }
  return sum / (scored.length * PROTOCOL_STEPS * LEVELS.length);
}

/** Scores of a set of windows that are no protocol's: every step that has a value. */
export function scoresOfSet(windows: WindowSet, model: ForecastModel, minutes: number) {
  const step = minutes / 5;
  const values: { median: number; actual: number; lower: number; upper: number }[] = [];
  for (let i = 0; i < windows.count; i++) {
    const actual = windows.targets[i * STEPS + step - 1]!;
    if (Number.isNaN(actual)) continue;
    const mgdl = Float64Array.from(windows.histories.subarray(i * HISTORY_STEPS, (i + 1) * HISTORY_STEPS));
    const minute = windows.minutesOfDay[i]!;
    const forecast = forecastOf(model, { mgdl }, Number.isNaN(minute) ? null : minute);
    values.push({
      median: quantileOf(forecast, step, MEDIAN_LEVEL),
      actual,
      lower: quantileOf(forecast, step, LEVEL_80[0]),
      upper: quantileOf(forecast, step, LEVEL_80[1]),
    });
  }
  const parkes = parkesShares(values);
  return {
    forecasts: values.length,
    rmse: rmse(values),
    mae: mae(values),
    coverage80: coverageOf(values),
    width80: widthOf(values),
    parkesAB: parkes && parkes.A + parkes.B,
  };
}
