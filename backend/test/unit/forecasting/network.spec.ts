import { BatchPass } from '../../../src/domain/forecasting/fitting/batch-pass.js';
import { multiplyByTransposed } from '../../../src/domain/forecasting/fitting/multiply.js';
import { pinballOfBatch } from '../../../src/domain/forecasting/fitting/pinball.js';
import { QUANTILES, STEPS } from '../../../src/domain/forecasting/horizons.js';
import { INPUTS } from '../../../src/domain/forecasting/inputs.js';
import { multiplyAdds, networkDifferences, parameterLayout } from '../../../src/domain/forecasting/network.js';
import { Random } from '../../../src/domain/simulator/random.js';

const filled = (length: number, seed: number, sd = 1): Float32Array => {
  const random = Random.seeded(seed);
  return Float32Array.from({ length }, () => random.normal(0, sd));
};

describe('the network', () => {
  it('by hand, with one unit a layer', () => {
    const shape = { inputs: INPUTS, hidden: 1, rank: 1 };
    const layout = parameterLayout(shape);
    const parameters = new Float32Array(layout.size);
    parameters[layout.first] = 0.5;
    parameters[layout.firstBias] = 1;
    parameters[layout.second] = 2;
    parameters[layout.secondBias] = -1;
    parameters[layout.narrow] = 3;
    parameters[layout.skip + 1] = 0.25;
    parameters[layout.narrowBias] = 0.5;
    parameters[layout.mix] = 1;
    parameters[layout.mix + 9] = -2;
    parameters[layout.mixBias + 9] = 1;
    const inputs = new Float64Array(INPUTS);
    inputs[0] = 20;
    inputs[1] = 40;
    const inputScales = new Float64Array(INPUTS).fill(10);
    const outputScales = Float64Array.from({ length: STEPS }, (_, step) => 5 + step);
    const differences = networkDifferences({ shape, inputScales, outputScales, parameters }, inputs);
    // 0.5 × 2 + 1 = 2, gelu 2 / (1 + e^-3.404) = 1.935676...; 2 × that - 1 = 2.871352, gelu 2.849864;
    // 3 × that + 0.25 × 4 + 0.5 = 10.04959
    const first = 2 / (1 + Math.exp(-3.404));
    const second = (2 * first - 1) / (1 + Math.exp(-1.702 * (2 * first - 1)));
    const narrow = 3 * second + 1.5;
    expect(narrow).toBeCloseTo(10.05, 1);
    expect(differences[0]).toBeCloseTo(5 * narrow, 10);
    expect(differences[1]).toBe(0);
    expect(differences[9]).toBeCloseTo(6 * (1 - 2 * narrow), 10);
  });

  it('takes some 42,000 products at its usual size', () => {
    expect(multiplyAdds({ inputs: INPUTS, hidden: 128, rank: 40 })).toBe(42_240);
  });
});

describe('the network on a batch', () => {
  const shape = { inputs: INPUTS, hidden: 5, rank: 3 };
  const parameters = filled(parameterLayout(shape).size, 1, 0.3);
  const batch = 3;
  const values = filled(batch * STEPS, 3);
  values[5] = Number.NaN;

  const lossAt = (at: Float32Array, slopes: boolean): { loss: number; pass: BatchPass } => {
    const pass = new BatchPass(shape, batch);
    pass.inputs.set(filled(batch * INPUTS, 2));
    pass.forward(at);
    return { loss: pinballOfBatch(pass.outputs, values, slopes ? pass.outputSlopes : null), pass };
  };

  it('says what it says alone', () => {
    const { pass } = lossAt(parameters, false);
    const ones = (length: number): Float64Array => new Float64Array(length).fill(1);
    const network = { shape, inputScales: ones(INPUTS), outputScales: ones(STEPS), parameters };
    for (let row = 0; row < batch; row++) {
      const alone = networkDifferences(network, pass.inputs.subarray(row * INPUTS, (row + 1) * INPUTS));
      alone.forEach((value, i) => expect(pass.outputs[row * QUANTILES + i]).toBeCloseTo(value, 4));
    }
  });

  it('knows the slope of its loss by every kind of weight', () => {
    const { pass } = lossAt(parameters, true);
    pass.backward(parameters);
    const layout = parameterLayout(shape);
    for (const [name, from] of Object.entries(layout)) {
      if (name === 'size') continue;
      const step = 1e-2;
      const moved = (by: number): number => {
        const at = parameters.slice();
        at[from + 1]! += by;
        return lossAt(at, false).loss;
      };
      const numeric = (moved(step) - moved(-step)) / (2 * step);
      expect(Math.abs(pass.slopes[from + 1]! - numeric)).toBeLessThan(2e-3 + 0.05 * Math.abs(numeric));
    }
  });
});

it.each([
  [1, 1, 3],
  [2, 4, 5],
  [3, 6, 7],
  [5, 9, 2],
])('multiplies %i × %i matrices over %i', (rows, columns, inner) => {
  const a = filled(rows * inner, 7);
  const b = filled(columns * inner, 8);
  const out = new Float32Array(rows * columns);
  multiplyByTransposed(a, b, out, rows, columns, inner);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[r * inner + k]! * b[c * inner + k]!;
      expect(out[r * columns + c]).toBeCloseTo(sum, 5);
    }
  }
});

it('loses a level share of what is above a quantile and the rest of what is below', () => {
  const outputs = new Float32Array(QUANTILES);
  const values = new Float32Array(STEPS).fill(Number.NaN);
  values[0] = 2;
  const slopes = new Float32Array(QUANTILES);
  // Mean of 2 × each level, whose sum is 4.5.
  expect(pinballOfBatch(outputs, values, slopes)).toBeCloseTo(1, 6);
  expect(slopes[0]).toBeCloseTo(-0.025 / 9, 6);
  expect(slopes[9]).toBe(0);
  values[0] = -2;
  expect(pinballOfBatch(outputs, values, slopes)).toBeCloseTo(1, 6);
  expect(slopes[0]).toBeCloseTo(0.975 / 9, 6);
});
