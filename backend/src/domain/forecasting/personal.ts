import { firstAtOrAfter, type GlucoseSeries } from '../glycemia/series.js';
import { minuteOfDayAt, type ZoneHistory } from '../time/zone-history.js';
import { valuesAfter } from './fitting/series-windows.js';
import { type GlucoseHistory, historyOfSample } from './history.js';
import { STEP_MINUTES, STEPS } from './horizons.js';
import { type ForecastModel, forecastOf } from './model.js';
import type { QuantileForecast } from './quantile-forecast.js';

/** Forecasts closer together than this make nearly the same mistakes. */
export const BETWEEN_JUDGED_SECONDS = 30 * 60;

/** Moments of a person's past at which a forecast could have been made, and what came. */
export interface Moments {
  readonly histories: readonly GlucoseHistory[];
  /** Minutes after midnight on the person's clock, one per moment. */
  readonly minutesOfDay: readonly number[];
  /** mg/dL; a row per moment, a value per step, NaN where nothing was read. */
  readonly actual: Float64Array;
}

/** At most one moment each half hour, of the readings in `[from, until)`; what was read from `until` on is not looked at. */
export function momentsOf(series: GlucoseSeries, zones: ZoneHistory, from: number, until: number): Moments {
  const histories: GlucoseHistory[] = [];
  const rows: Float64Array[] = [];
  let next = from;
  for (let index = firstAtOrAfter(series.instants, from); index < series.instants.length; index++) {
    const instant = series.instants[index]!;
    if (instant >= until) break;
    if (instant < next) continue;
    const history = historyOfSample(series, index);
    if (typeof history === 'string') continue;
    next = instant + BETWEEN_JUDGED_SECONDS;
    histories.push(history);
    rows.push(valuesAfter(series, index, until));
  }
  const actual = new Float64Array(rows.length * STEPS);
  rows.forEach((row, i) => actual.set(row, i * STEPS));
  return { histories, minutesOfDay: histories.map(({ basedOn }) => minuteOfDayAt(zones, basedOn)), actual };
}

export const forecastsAt = ({ histories, minutesOfDay }: Moments, model: ForecastModel): QuantileForecast[] =>
  histories.map((history, i) => forecastOf(model, history, minutesOfDay[i]!));

/** What was read so many minutes after a moment, mg/dL; `null` where nothing was. */
export function actualAfter({ actual }: Moments, moment: number, minutes: number): number | null {
  const value = actual[moment * STEPS + minutes / STEP_MINUTES - 1] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}
