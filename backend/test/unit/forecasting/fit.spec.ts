import { solvePositive } from '../../../src/domain/forecasting/fitting/cholesky.js';
import { type FitSettings, fitNetwork } from '../../../src/domain/forecasting/fitting/fit-network.js';
import { fitRidge, lastValueSpreads } from '../../../src/domain/forecasting/fitting/fit-ridge.js';
import { WindowCollector, type WindowSet } from '../../../src/domain/forecasting/fitting/window-set.js';
import { STEPS } from '../../../src/domain/forecasting/horizons.js';
import { HISTORY_STEPS } from '../../../src/domain/forecasting/inputs.js';
import {
  type ForecastModel,
  forecastOf,
  lastValueModel,
  networkModel,
  ridgeModel,
} from '../../../src/domain/forecasting/model.js';
import { quantileOf } from '../../../src/domain/forecasting/quantile-forecast.js';
import { Random } from '../../../src/domain/simulator/random.js';

/** Waves of three hours, each with its own height and phase, and a little noise: what comes is nearly known. */
function waves(count: number, seed: number): WindowSet {
  const random = Random.seeded(seed);
  const collector = new WindowCollector();
  for (let i = 0; i < count; i++) {
    const [height, phase] = [random.uniform(10, 40), random.uniform(0, 36)];
    const at = (t: number): number => 140 + height * Math.sin((2 * Math.PI * (t + phase)) / 36) + random.normal(0, 2);
    collector.add(i % 1440, (history, targets) => {
      for (let t = 0; t < HISTORY_STEPS; t++) history[t] = at(t);
      for (let step = 0; step < STEPS; step++) targets[step] = at(HISTORY_STEPS + step);
    });
  }
  return collector.windows();
}

const SETTINGS: FitSettings = {
  shape: { hidden: 16, rank: 8 },
  seed: 1,
  batch: 64,
  steps: 200,
  learningRate: 5e-3,
  weightDecay: 0,
  hardships: { shortHistory: 0.1, gap: 0.1, noClock: 0.3 },
  lookEvery: 50,
  patience: 3,
};

const training = waves(400, 1);
const validation = waves(100, 2);
const test = waves(100, 3);
const sources = [{ windows: training, share: 1 }];

function errorOf(model: ForecastModel, step: number): { mae: number; coverage80: number } {
  let sum = 0;
  let within = 0;
  for (let i = 0; i < test.count; i++) {
    const mgdl = Float64Array.from(test.histories.subarray(i * HISTORY_STEPS, (i + 1) * HISTORY_STEPS));
    const forecast = forecastOf(model, { mgdl }, test.minutesOfDay[i]!);
    const actual = test.targets[i * STEPS + step - 1]!;
    sum += Math.abs(quantileOf(forecast, step, 4) - actual) / test.count;
    within += Number(actual >= quantileOf(forecast, step, 2) && actual <= quantileOf(forecast, step, 6)) / test.count;
  }
  return { mae: sum, coverage80: within };
}

describe('fitting', () => {
  const fit = fitNetwork(sources, [validation], SETTINGS);

  it('gives a network that knows what comes better than the last value does', () => {
    const network = errorOf(networkModel([fit.network]), 9);
    const last = errorOf(lastValueModel(lastValueSpreads([validation])), 9);
    expect(last.mae).toBeGreaterThan(15);
    expect(network.mae).toBeLessThan(last.mae / 2);
    expect(Math.abs(last.coverage80 - 0.8)).toBeLessThan(0.1);
  });

  it('gives a ridge that knows a linear world to its noise', () => {
    const ridge = errorOf(ridgeModel(fitRidge(sources, [validation])), 9);
    expect(ridge.mae).toBeLessThan(3);
    expect(Math.abs(ridge.coverage80 - 0.8)).toBeLessThan(0.1);
  });

  it('gives the same bits again, and others for another seed', () => {
    const short = { ...SETTINGS, steps: 20 };
    const first = fitNetwork(sources, [validation], short).network.parameters;
    expect(Buffer.from(fitNetwork(sources, [validation], short).network.parameters.buffer)).toEqual(
      Buffer.from(first.buffer),
    );
    expect(fitNetwork(sources, [validation], { ...short, seed: 2 }).network.parameters).not.toEqual(first);
  });

  it('keeps the look with the least loss on validation windows and stops when none is better', () => {
    const least = Math.min(...fit.looks.map(({ validation: [loss] }) => loss!));
    expect(fit.best.validation).toEqual([least]);
    const stopped = fitNetwork(sources, [validation], { ...SETTINGS, learningRate: 0, patience: 2, lookEvery: 5 });
    expect(stopped.looks.map(({ step }) => step)).toEqual([5, 10, 15]);
    expect(stopped.best).toBe(stopped.looks[0]);
  });

  it('learns from windows whose targets are partly unknown', () => {
    const holed: WindowSet = {
      ...training,
      targets: training.targets.map((value, i) => (i % 3 === 0 ? value : Number.NaN)),
    };
    const network = fitNetwork([{ windows: holed, share: 1 }], [holed], { ...SETTINGS, steps: 20 }).network;
    expect(network.parameters.every(Number.isFinite)).toBe(true);
  });
});

it('solves a positive definite system', () => {
  // 4 × 1 + 2 × 2 = 8, 2 × 1 + 3 × 2 = 8
  const x = solvePositive(Float64Array.of(4, 2, 2, 3), Float64Array.of(8, 8), 2);
  expect(x[0]).toBeCloseTo(1, 12);
  expect(x[1]).toBeCloseTo(2, 12);
  expect(() => solvePositive(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1), 2)).toThrow(RangeError);
});
