import type { Forecaster, ShortForecast } from '../alerts/forecast.js';
import { historyOfSample } from './history.js';
import { forecastOf, type ForecastModel } from './model.js';
import { chanceAboveWithin, chanceBelowWithin, medianAfter, type QuantileForecast } from './quantile-forecast.js';

/** A forecast as alert rules ask for it. */
export const shortForecast = (forecast: QuantileForecast): ShortForecast => ({
  medianMgdl: (minutes) => medianAfter(forecast, minutes),
  chanceBelow: (mgdl, withinMinutes) => chanceBelowWithin(forecast, withinMinutes, mgdl),
  chanceAbove: (mgdl, withinMinutes) => chanceAboveWithin(forecast, withinMinutes, mgdl),
});

/**
 * A model as alert rules ask it: from a sample and those before it, silent where they are too few or out of range.
 * @param minuteOfDayAt minutes after midnight on the person's clock at an instant; `null` where it is not known
 */
export const forecasterOf =
  (model: ForecastModel, minuteOfDayAt: (instant: number) => number | null): Forecaster =>
  (series, index) => {
    const history = historyOfSample(series, index);
    if (typeof history === 'string') return null;
    return shortForecast(forecastOf(model, history, minuteOfDayAt(history.basedOn)));
  };
