import { lastValueModel } from '../../../src/domain/forecasting/model.js';
import { QUANTILES } from '../../../src/domain/forecasting/horizons.js';
import { forecasterOf } from '../../../src/domain/forecasting/short-forecast.js';
import { newSeries, steady } from './series.js';

/** Nine levels, 10 mg/dL apart, at every step. */
const model = lastValueModel(Float64Array.from({ length: QUANTILES }, (_, i) => 10 * ((i % 9) - 4)));
const series = newSeries(steady(0, 40, 300, 80));

describe('a model as alert rules ask it', () => {
  it('answers from a sample', () => {
    const forecast = forecasterOf(model, () => null)(series, 39)!;
    expect(forecast.medianMgdl(30)).toBe(80);
    expect(forecast.chanceBelow(70, 30)).toBeCloseTo(0.25, 12);
    expect(forecast.chanceAbove(100, 30)).toBeCloseTo(0.1, 12);
    expect(forecast.chanceBelow(70, 0)).toBe(0);
  });

  it('is silent where too little is known', () => {
    expect(forecasterOf(model, () => null)(series, 16)).toBeNull();
    expect(forecasterOf(model, () => null)(series, 40)).toBeNull();
  });

  it('asks the clock for the instant of the sample', () => {
    const asked: number[] = [];
    forecasterOf(model, (instant) => {
      asked.push(instant);
      return 0;
    })(series, 30);
    expect(asked).toEqual([9_000]);
  });
});
