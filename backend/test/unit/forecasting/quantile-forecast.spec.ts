import fc from 'fast-check';
import { LEVELS, QUANTILES, STEPS } from '../../../src/domain/forecasting/horizons.js';
import {
  chanceAboveWithin,
  chanceBelowAt,
  chanceBelowWithin,
  forecastFrom,
  meanForecast,
  medianAfter,
  quantileOf,
} from '../../../src/domain/forecasting/quantile-forecast.js';

/** Every step as the first, moved by `perStep`. */
const differences = (row: readonly number[], perStep = 0): Float64Array =>
  Float64Array.from({ length: QUANTILES }, (_, i) => row[i % 9]! + perStep * Math.floor(i / 9));

const ROW = [-40, -30, -20, -10, 0, 10, 20, 30, 40];

describe('a forecast', () => {
  it('has nine levels that never cross, whatever a model says', () => {
    const anything = fc.array(fc.double({ min: -900, max: 900, noNaN: true }), {
      minLength: QUANTILES,
      maxLength: QUANTILES,
    });
    fc.assert(
      fc.property(fc.double({ min: 40, max: 400, noNaN: true }), anything, (last, values) => {
        const forecast = forecastFrom(last, Float64Array.from(values));
        for (let step = 1; step <= STEPS; step++) {
          for (let level = 1; level < LEVELS.length; level++) {
            expect(quantileOf(forecast, step, level)).toBeGreaterThanOrEqual(quantileOf(forecast, step, level - 1));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('puts crossed levels into order and stays within what sensors report', () => {
    const forecast = forecastFrom(100, differences([0, -40, -30, -20, -10, 10, 20, 30, 900]));
    expect([...forecast.mgdl.subarray(0, 9)]).toEqual([60, 70, 80, 90, 100, 110, 120, 130, 600]);
  });

  it('averages several quantile by quantile', () => {
    const forecast = meanForecast([forecastFrom(100, differences(ROW)), forecastFrom(100, differences(ROW, 2))]);
    expect(quantileOf(forecast, 1, 4)).toBe(100);
    expect(quantileOf(forecast, 3, 0)).toBe(62);
  });

  it('moves from the last value along its medians', () => {
    const forecast = forecastFrom(
      100,
      differences(
        ROW.map((value) => value + 10),
        4,
      ),
    );
    expect(medianAfter(forecast, 0)).toBe(100);
    expect(medianAfter(forecast, 2.5)).toBe(105);
    expect(medianAfter(forecast, 5)).toBe(110);
    expect(medianAfter(forecast, 7.5)).toBe(112);
    expect(medianAfter(forecast, 120)).toBe(202);
    expect(medianAfter(forecast, 500)).toBe(202);
  });
});

describe('the chance of a value below a limit', () => {
  const forecast = forecastFrom(100, differences(ROW));

  it.each([
    { limit: 100, chance: 0.5 },
    { limit: 90, chance: 0.25 },
    { limit: 85, chance: 0.175 },
    { limit: 60, chance: 0.025 },
    { limit: 50, chance: 0.025 * Math.exp(-1) },
    { limit: 140, chance: 0.975 },
    { limit: 160, chance: 1 - 0.025 * Math.exp(-2) },
  ])('is $chance at $limit mg/dL', ({ limit, chance }) => {
    expect(chanceBelowAt(forecast, 1, limit)).toBeCloseTo(chance, 12);
  });

  it('knows of nothing beyond where all levels are one value', () => {
    const flat = forecastFrom(100, new Float64Array(QUANTILES));
    expect(chanceBelowAt(flat, 1, 99)).toBe(0);
    expect(chanceBelowAt(flat, 1, 101)).toBe(1);
  });

  it('is that of the likeliest step within the minutes', () => {
    const falling = forecastFrom(100, differences(ROW, -5));
    expect(chanceBelowWithin(falling, 4, 70)).toBe(0);
    expect(chanceBelowWithin(falling, 10, 70)).toBeCloseTo(chanceBelowAt(falling, 2, 70), 12);
    expect(chanceBelowWithin(falling, 30, 75)).toBeCloseTo(0.5, 12);
    expect(chanceAboveWithin(falling, 30, 130)).toBeCloseTo(0.05, 12);
  });

  it('never falls as the limit rises', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (a, more) => {
          expect(chanceBelowAt(forecast, 1, a + more)).toBeGreaterThanOrEqual(chanceBelowAt(forecast, 1, a));
        },
      ),
    );
  });
});
