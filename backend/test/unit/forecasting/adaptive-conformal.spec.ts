import { builtFor, learn, wantedShares } from '../../../src/domain/forecasting/adaptive-conformal.js';
import { INTERVALS } from '../../../src/domain/forecasting/conformal.js';
import { LEVELS, QUANTILES, STEPS } from '../../../src/domain/forecasting/horizons.js';
import { forecastFrom, type QuantileForecast, quantileOf } from '../../../src/domain/forecasting/quantile-forecast.js';
import { Random } from '../../../src/domain/simulator/random.js';
import { normalQuantile } from '../../../src/domain/statistics/normal.js';

/** As a model says whose errors it takes for normal with a standard deviation of 20 mg/dL. */
const FORECAST: QuantileForecast = forecastFrom(
  200,
  Float64Array.from({ length: QUANTILES }, (_, i) => 20 * normalQuantile(LEVELS[i % LEVELS.length]!)),
);
const [AT_60, STEP_60] = [1, 12];
const rowOf = (forecast: QuantileForecast, step: number) => LEVELS.map((_, level) => quantileOf(forecast, step, level));

describe('adaptive conformal inference', () => {
  it('asks for more after a miss and for less after a hit, at that horizon alone', () => {
    const shares = wantedShares();
    learn(shares, AT_60, rowOf(FORECAST, STEP_60), 300);
    // 0.005 × (0.05 - 1) and 0.005 × (0.2 - 1)
    expect([...shares].map((share) => Number(share.toFixed(6)))).toEqual([0.05, 0.2, 0.04525, 0.196, 0.05, 0.2]);
    learn(shares, AT_60, rowOf(FORECAST, STEP_60), 200);
    expect([...shares].map((share) => Number(share.toFixed(6)))).toEqual([0.05, 0.2, 0.0455, 0.197, 0.05, 0.2]);
  });

  it('leaves a forecast as it is until something was learned', () => {
    const same = builtFor(FORECAST, wantedShares());
    for (const [i, value] of FORECAST.mgdl.entries()) expect(same.mgdl[i]).toBeCloseTo(value, 6);
  });

  it('is where a normal distribution has the share that is asked for', () => {
    const built = builtFor(FORECAST, Float64Array.from([0.03, 0.1, 0.03, 0.1, 0.03, 0.1]));
    for (let step = 1; step <= STEPS; step++) {
      expect(quantileOf(built, step, 0)).toBeCloseTo(200 + 20 * normalQuantile(0.015), 6);
      expect(quantileOf(built, step, 2)).toBeCloseTo(200 + 20 * normalQuantile(0.05), 6);
      expect(quantileOf(built, step, 6)).toBeCloseTo(200 - 20 * normalQuantile(0.05), 6);
      expect(quantileOf(built, step, 4)).toBe(200);
    }
  });

  it('never widens without end, never crosses levels, whatever comes', () => {
    for (const values of [[1_000], [200], [1_000, 200], [230]]) {
      const shares = wantedShares();
      for (let i = 0; i < 700; i++) {
        for (const horizon of [0, 1, 2]) {
          const said = rowOf(builtFor(FORECAST, shares), [6, 12, 24][horizon]!);
          learn(shares, horizon, said, values[i % values.length]!);
        }
      }
      const built = builtFor(FORECAST, shares);
      for (let step = 1; step <= STEPS; step++) {
        const row = rowOf(built, step);
        expect(row).toEqual([...row].sort((a, b) => a - b));
        // Twice as wide as the model's at most: 3.09 standard deviations instead of 1.96.
        expect(row.at(-1)! - row[0]!).toBeLessThan(2 * (2 * 1.96 * 20));
      }
    }
  });

  it('keeps the promised shares through a change that fixed intervals do not survive', () => {
    const random = Random.seeded(3);
    const shares = wantedShares();
    const held = INTERVALS.map(() => 0);
    const heldFixed = INTERVALS.map(() => 0);
    const [runs, settled] = [2_500, 500];
    for (let i = 0; i < 2 * runs; i++) {
      // As the model takes them for, then a third larger.
      const actual = 200 + random.normal(0, i < runs ? 20 : 27);
      const said = rowOf(builtFor(FORECAST, shares), STEP_60);
      for (const [place, { lower, upper }] of INTERVALS.entries()) {
        if (i < runs + settled) continue;
        held[place]! += Number(actual >= said[lower]! && actual <= said[upper]!) / (runs - settled);
        heldFixed[place]! +=
          Number(actual >= quantileOf(FORECAST, STEP_60, lower) && actual <= quantileOf(FORECAST, STEP_60, upper)) /
          runs;
      }
      learn(shares, AT_60, said, actual);
    }
    const [at95, , at80] = held;
    expect(Math.abs(at95! - 0.95)).toBeLessThan(0.01);
    expect(Math.abs(at80! - 0.8)).toBeLessThan(0.01);
    expect(heldFixed[0]).toBeLessThan(0.87);
    expect(heldFixed[2]).toBeLessThan(0.68);
  });
});
