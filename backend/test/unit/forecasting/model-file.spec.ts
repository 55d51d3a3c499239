import { QUANTILES, STEPS } from '../../../src/domain/forecasting/horizons.js';
import { INPUTS } from '../../../src/domain/forecasting/inputs.js';
import {
  type ModelFile,
  readModels,
  toModelFile,
  type TrainedModels,
} from '../../../src/domain/forecasting/model-file.js';
import { parameterLayout } from '../../../src/domain/forecasting/network.js';
import { Random } from '../../../src/domain/simulator/random.js';

const random = Random.seeded(1);
const numbers = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal(0, 3));
const shape = { inputs: INPUTS, hidden: 4, rank: 2 };
const member = () => ({
  shape,
  inputScales: numbers(INPUTS),
  outputScales: numbers(STEPS),
  parameters: Float32Array.from(numbers(parameterLayout(shape).size)),
});
const models: TrainedModels = {
  lastValueSpreads: numbers(QUANTILES),
  ridge: { inputScales: numbers(INPUTS), weights: numbers(STEPS * (INPUTS + 1)), spreads: numbers(QUANTILES) },
  members: [member(), member()],
};
const file = toModelFile(models, { version: '7', seed: 3, trainedOn: 'nothing' });
const overJson = (changed: object = {}): ModelFile => ({ ...JSON.parse(JSON.stringify(file)), ...changed });

describe('a file of models', () => {
  it('holds them to four digits', () => {
    const read = readModels(overJson());
    expect(read.members).toHaveLength(2);
    for (const [i, value] of models.members[1]!.parameters.entries()) {
      expect(Math.abs(read.members[1]!.parameters[i]! - value)).toBeLessThanOrEqual(5.01e-4 * Math.abs(value));
    }
    expect(read.ridge.weights[5]).toBe(Number(models.ridge.weights[5]!.toPrecision(4)));
  });

  it('is the same again when it is read and written', () => {
    expect(toModelFile(readModels(overJson()), { version: '7', seed: 3, trainedOn: 'nothing' })).toEqual(file);
  });

  it.each([
    { case: 'of another format', changed: { format: 'other' } },
    { case: 'with another seed than was written', changed: { seed: 4 } },
    { case: 'with other weights than were written', changed: { lastValueSpreads: ['1 2 3'] } },
    { case: 'with a checksum of its own', changed: { checksum: '00000000' } },
  ])('is refused $case', ({ changed }) => {
    expect(() => readModels(overJson(changed))).toThrow(RangeError);
  });

  it('is refused where a number is missing, also with the right checksum', () => {
    const short = { ...models, lastValueSpreads: numbers(QUANTILES - 9) };
    expect(() => readModels(toModelFile(short, { version: '7', seed: 3, trainedOn: '' }))).toThrow(
      '216 finite numbers',
    );
    const infinite = { ...models, lastValueSpreads: numbers(QUANTILES).fill(Number.NaN, 3, 4) };
    expect(() => readModels(toModelFile(infinite, { version: '7', seed: 3, trainedOn: '' }))).toThrow(RangeError);
  });
});
