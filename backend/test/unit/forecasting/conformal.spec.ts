import {
  calibrate,
  calibrated,
  conformalQuantile,
  groupedQuantile,
  INTERVALS,
  outsideness,
} from '../../../src/domain/forecasting/conformal.js';
import { LEVELS, QUANTILES, STEPS } from '../../../src/domain/forecasting/horizons.js';
import { forecastFrom, type QuantileForecast, quantileOf } from '../../../src/domain/forecasting/quantile-forecast.js';
import { Random } from '../../../src/domain/simulator/random.js';
import { normalQuantile } from '../../../src/domain/statistics/normal.js';

describe('the conformal quantile', () => {
  it.each([
    { count: 9, coverage: 0.8, expected: 8 },
    { count: 9, coverage: 0.85, expected: 9 },
    { count: 9, coverage: 0.9, expected: 9 },
    { count: 9, coverage: 0.95, expected: Number.POSITIVE_INFINITY },
    { count: 19, coverage: 0.95, expected: 19 },
    { count: 0, coverage: 0.5, expected: Number.POSITIVE_INFINITY },
    { count: 9, coverage: 0, expected: Number.NEGATIVE_INFINITY },
  ])('of 1 to $count is $expected at $coverage', ({ count, coverage, expected }) => {
    const scores = Array.from({ length: count }, (_, i) => count - i);
    expect(conformalQuantile(scores, coverage)).toBe(expected);
  });
});

describe('the conformal quantile of groups', () => {
  it('counts each group alike, however many scores it has', () => {
    // Weights 1/4 each of 1 to 4, 1 of 10 and 1 of 20: 4 × 0.5 = 2 is reached at 10, 4 × 0.25 = 1 at 4.
    const groups = [[1, 2, 3, 4], [10], [20], []];
    expect(groupedQuantile(groups, 0.5)).toBe(10);
    expect(groupedQuantile(groups, 0.25)).toBe(4);
    expect(groupedQuantile(groups, 0.75)).toBe(20);
    expect(groupedQuantile(groups, 0.8)).toBe(Number.POSITIVE_INFINITY);
  });

  it('covers a person of whom nothing is known', () => {
    const random = Random.seeded(4);
    let held = 0;
    const runs = 2_000;
    for (let run = 0; run < runs; run++) {
      // Twenty people, each with an offset of their own, and one more.
      const people = Array.from({ length: 21 }, () => random.normal(0, 10));
      const scores = people.map((offset) => Array.from({ length: 30 }, () => Math.abs(offset + random.normal(0, 3))));
      held += Number(scores[20]![0]! <= groupedQuantile(scores.slice(0, 20), 0.9));
    }
    expect(Math.abs(held / runs - 0.9)).toBeLessThan(0.03);
  });
});

it.each([
  { value: 95, outside: -5 },
  { value: 110, outside: 0 },
  { value: 113, outside: 3 },
  { value: 82, outside: 8 },
])('$value lies $outside outside of 90 to 110', ({ value, outside }) => {
  expect(outsideness(90, 110, value)).toBe(outside);
});

it('has intervals for the eight levels around the median, the widest first', () => {
  expect(INTERVALS.map(({ lower, upper }) => [lower, upper])).toEqual([
    [0, 8],
    [1, 7],
    [2, 6],
    [3, 5],
  ]);
  expect(INTERVALS.map(({ coverage }) => coverage)).toEqual([0.95, 0.9, 0.8, 0.5]);
});

/** As a model says whose errors it takes for normal with this standard deviation, mg/dL. */
const normalForecast = (sd: number): QuantileForecast =>
  forecastFrom(
    150,
    Float64Array.from({ length: QUANTILES }, (_, i) => sd * normalQuantile(LEVELS[i % LEVELS.length]!)),
  );

const drawn = (count: number, sd: number, seed: number): Float64Array => {
  const random = Random.seeded(seed);
  return Float64Array.from({ length: count * STEPS }, () => random.normal(150, sd));
};

describe('calibration', () => {
  it.each([
    { said: 10, case: 'narrow' },
    { said: 30, case: 'wide' },
  ])('gives the promised coverage to intervals that are too $case', ({ said }) => {
    const forecast = normalForecast(said);
    const calibration = calibrate(Array<QuantileForecast>(1_000).fill(forecast), drawn(1_000, 20, 1))!;
    const better = calibrated(forecast, calibration);
    const later = drawn(4_000, 20, 2);
    for (const { lower, upper, coverage } of INTERVALS) {
      let within = 0;
      for (const [i, value] of later.entries()) {
        const step = (i % STEPS) + 1;
        within += Number(value >= quantileOf(better, step, lower) && value <= quantileOf(better, step, upper));
      }
      expect(Math.abs(within / later.length - coverage)).toBeLessThan(0.01);
    }
    expect(quantileOf(better, 7, 4)).toBe(150);
  });

  it('moves each end by what the interval lacked', () => {
    // Nineteen values, the farthest 30 below the last value: all intervals are judged by their own rank.
    const forecast = normalForecast(0);
    const actual = Float64Array.from({ length: 19 * STEPS }, (_, i) => 150 - Math.floor(i / STEPS));
    const better = calibrated(forecast, calibrate(Array<QuantileForecast>(19).fill(forecast), actual)!);
    // Ranks 19, 18, 16 and 10 of 0 to 18.
    expect([...better.mgdl.subarray(0, 9)]).toEqual([132, 133, 135, 141, 150, 159, 165, 167, 168]);
  });

  it('never lets levels cross, however much an interval shrinks', () => {
    const forecast = normalForecast(20);
    const narrow = calibrated(forecast, { mgdl: new Float64Array(STEPS * 4).fill(-100) });
    expect([...narrow.mgdl.subarray(0, 9)]).toEqual(Array(9).fill(150));
    const crossing = calibrated(forecast, { mgdl: Float64Array.from({ length: STEPS * 4 }, (_, i) => 10 * (i % 4)) });
    const row = [...crossing.mgdl.subarray(0, 9)];
    expect(row).toEqual([...row].sort((a, b) => a - b));
  });

  it('is not given on too few values for the widest interval', () => {
    const forecast = normalForecast(20);
    expect(calibrate(Array<QuantileForecast>(18).fill(forecast), drawn(18, 20, 1))).toBeNull();
    const actual = drawn(19, 20, 1);
    expect(calibrate(Array<QuantileForecast>(19).fill(forecast), actual)).not.toBeNull();
    actual[3] = Number.NaN;
    expect(calibrate(Array<QuantileForecast>(19).fill(forecast), actual)).toBeNull();
  });
});
