import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyOfSample } from '../../src/domain/forecasting/history.js';
import { type ForecastModel, forecastOf, networkModel, ridgeModel } from '../../src/domain/forecasting/model.js';
import { POPULATION } from '../../src/domain/forecasting/population.js';
import { quantileOf } from '../../src/domain/forecasting/quantile-forecast.js';
import type { GlucoseSeries } from '../../src/domain/glycemia/series.js';

interface Golden {
  readonly firstInstant: number;
  readonly stepSeconds: number;
  readonly flags: number;
  readonly tenths: readonly string[];
  readonly modelVersion: string;
  readonly forecasts: readonly { index: number; minuteOfDay: number; network: string[]; ridge: string[] }[];
}

const golden = JSON.parse(readFileSync(join(__dirname, 'forecast/synthetic-trace.json'), 'utf8')) as Golden;
const MODELS = [
  { name: 'network', model: networkModel(POPULATION.members), steps: [1, 6, 12, 24] },
  { name: 'ridge', model: ridgeModel(POPULATION.ridge), steps: [6, 12] },
] as const;

function readSeries(): GlucoseSeries {
  const slots = golden.tenths.flatMap((row) => row.split(' '));
  const read = [...slots.entries()].filter(([, tenths]) => tenths !== '-');
  return {
    instants: Float64Array.from(read, ([slot]) => golden.firstInstant + slot * golden.stepSeconds),
    tenths: Int16Array.from(read, ([, tenths]) => Number(tenths)),
    flags: new Uint8Array(read.length).fill(golden.flags),
  };
}

const series = readSeries();
const upTo = (index: number): GlucoseSeries => ({
  instants: series.instants.slice(0, index + 1),
  tenths: series.tenths.slice(0, index + 1),
  flags: series.flags.slice(0, index + 1),
});

function forecastAt(from: GlucoseSeries, index: number, minuteOfDay: number | null, model: ForecastModel) {
  const history = historyOfSample(from, index);
  if (typeof history === 'string') throw new Error(history);
  return forecastOf(model, history, minuteOfDay);
}

describe('the shipped models', () => {
  it('are those that the numbers are of', () => expect(POPULATION.version).toBe(golden.modelVersion));

  const cases = golden.forecasts.flatMap((one) =>
    MODELS.map((model) => ({ ...one, ...model, expected: one[model.name] })),
  );

  it.each(cases)('$name after reading $index', ({ index, minuteOfDay, model, steps, expected }) => {
    const forecast = forecastAt(series, index, minuteOfDay, model);
    for (const [row, step] of steps.entries()) {
      for (const [level, value] of expected[row]!.split(' ').entries()) {
        expect(Math.abs(quantileOf(forecast, step, level) - Number(value))).toBeLessThan(1e-3);
      }
    }
  });

  it.each(golden.forecasts)('say the same at reading $index without what came later', ({ index, minuteOfDay }) => {
    for (const { model } of MODELS) {
      expect(forecastAt(upTo(index), index, minuteOfDay, model)).toEqual(forecastAt(series, index, minuteOfDay, model));
    }
  });

  it.each(golden.forecasts)('have no crossing levels, and wider ones further ahead, at reading $index', (one) => {
    for (const { model } of MODELS) {
      const forecast = forecastAt(series, one.index, null, model);
      for (let step = 1; step <= 24; step++) {
        for (let level = 1; level < 9; level++) {
          expect(quantileOf(forecast, step, level)).toBeGreaterThanOrEqual(quantileOf(forecast, step, level - 1));
        }
      }
      const width = (step: number): number => quantileOf(forecast, step, 6) - quantileOf(forecast, step, 2);
      expect(width(12)).toBeGreaterThan(width(2));
    }
  });
});
