import { extrapolate, type Forecaster } from '../alerts/forecast.js';
import { minuteOfDayAt, type ZoneHistory } from '../time/zone-history.js';
import { populationModel } from './population.js';
import { forecasterOf } from './short-forecast.js';

/**
 * What predictive alerts ask: the network that ships, and where too little was read for it the line of the last twenty
 * minutes. Not the model that the night chose for a person, and not the intervals fitted to them: an episode follows from
 * readings, settings and zones alone, and looking at the same past tomorrow must not take back an alert that somebody heard
 * today.
 */
export function alertForecaster(zones: ZoneHistory, model = populationModel('network')): Forecaster {
  const network = forecasterOf(model, (instant) => minuteOfDayAt(zones, instant));
  return (series, index) => network(series, index) ?? extrapolate(series, index);
}
