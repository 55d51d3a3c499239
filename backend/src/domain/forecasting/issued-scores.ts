import { firstAtOrAfter, type GlucoseSeries } from '../glycemia/series.js';
import { mgdlOf } from '../glycemia/units.js';
import { valuesAfter } from './fitting/series-windows.js';
import { horizonScores } from './horizon-scores.js';
import { JUDGED_MINUTES, LEVELS, STEP_MINUTES } from './horizons.js';
import { COMPARED_MINUTES, type IssuedForecast, issuedQuantile } from './issued.js';
import { scoreLowAlarms, type WatchedTrace } from './low-alarms.js';
import type { ScoredForecast } from './model-choice.js';

/** An issued forecast and what was read after it: mg/dL, a value per step, NaN where nothing was. */
export interface MetIssued {
  readonly issued: IssuedForecast;
  readonly actual: Float64Array;
}

/**
 * Forecasts with what came. One whose reading was withdrawn since is left out; what was read from `until` on is not looked
 * at.
 */
export function meet(forecasts: readonly IssuedForecast[], series: GlucoseSeries, until: number): MetIssued[] {
  return forecasts.flatMap((issued) => {
    const index = firstAtOrAfter(series.instants, issued.basedOn);
    return series.instants[index] === issued.basedOn ? [{ issued, actual: valuesAfter(series, index, until) }] : [];
  });
}

/** The errors that each model would have made, to choose by. */
export const scoredModels = (met: readonly MetIssued[]): ScoredForecast[] =>
  met.flatMap(({ issued, actual }) => {
    const value = actual[COMPARED_MINUTES / STEP_MINUTES - 1]!;
    if (Number.isNaN(value)) return [];
    const errors = Object.entries(issued.medians).map(([name, median]) => [name, Math.abs(median - value)]);
    return [{ at: issued.basedOn, errorsMgdl: Object.fromEntries(errors) }];
  });

/** How the forecasts did, for each of the judged horizons. */
export const issuedHorizons = (met: readonly MetIssued[]) =>
  JUDGED_MINUTES.map((minutes, horizon) =>
    horizonScores(
      minutes,
      met.flatMap(({ issued, actual }) => {
        const value = actual[minutes / STEP_MINUTES - 1]!;
        if (Number.isNaN(value)) return [];
        return [{ quantiles: LEVELS.map((_, level) => issuedQuantile(issued, horizon, level)), actual: value }];
      }),
    ),
  );

const ALARM_CHANCES = [0.1, 0.2, 0.3, 0.5] as const;
const STEP_SECONDS = STEP_MINUTES * 60;

/** What alarms by these forecasts would have been worth: for some chances, of lows within 30 and within 60 minutes. */
export const issuedLowAlarms = (met: readonly MetIssued[], series: GlucoseSeries) =>
  ([30, 60] as const).flatMap((withinMinutes) => {
    const trace = traceOf(met, series, withinMinutes);
    return ALARM_CHANCES.map((chance) => {
      const score = scoreLowAlarms([trace], chance, withinMinutes / STEP_MINUTES);
      const { lows, sensitivity, falseADay, medianLeadMinutes } = score;
      return { withinMinutes, chance, lows, sensitivity, falseADay, medianLeadMinutes };
    });
  });

/** Steps of five minutes from the first forecast to an hour after the last, each with the reading nearest to it. */
function traceOf(met: readonly MetIssued[], series: GlucoseSeries, withinMinutes: 30 | 60): WatchedTrace {
  const first = met[0]?.issued.basedOn ?? 0;
  const stepOf = (instant: number): number => Math.round((instant - first) / STEP_SECONDS);
  const length = met.length === 0 ? 0 : stepOf(met.at(-1)!.issued.basedOn) + 60 / STEP_MINUTES + 1;
  const mgdl = new Float64Array(length).fill(Number.NaN);
  const chances = mgdl.slice();
  const { instants, tenths, flags } = series;
  for (let index = firstAtOrAfter(instants, first); index < instants.length; index++) {
    const step = stepOf(instants[index]!);
    if (step >= length) break;
    mgdl[step] = mgdlOf(tenths[index]!, flags[index]!);
  }
  for (const { issued } of met) {
    chances[stepOf(issued.basedOn)] = withinMinutes === 30 ? issued.lowWithin30 : issued.lowWithin60;
  }
  return { mgdl, chances };
}
