import { QUANTILES, STEPS } from './horizons.js';
import { INPUTS } from './inputs.js';
import type { Ridge } from './model.js';
import { type NetworkShape, parameterLayout, type QuantileNetwork } from './network.js';

/** Every set of models for one purpose, from the simplest to the largest. */
export interface TrainedModels {
  readonly lastValueSpreads: Float64Array;
  readonly ridge: Ridge;
  readonly members: readonly [QuantileNetwork, ...QuantileNetwork[]];
}

/** Numbers apart from one another by a blank, a text per row: short, and lines that can be compared. */
type Rows = readonly string[];

/** How models are stored: JSON. */
export interface ModelFile {
  readonly format: typeof FORMAT;
  readonly version: string;
  readonly seed: number;
  readonly trainedOn: string;
  readonly lastValueSpreads: Rows;
  readonly ridge: { readonly inputScales: Rows; readonly weights: Rows; readonly spreads: Rows };
  readonly members: readonly MemberFile[];
  /** FNV-1a over the JSON of all the rest. */
  readonly checksum: string;
}

interface MemberFile {
  readonly shape: NetworkShape;
  readonly inputScales: Rows;
  readonly outputScales: Rows;
  readonly weights: Readonly<Record<(typeof BLOCKS)[number], Rows>>;
}

const FORMAT = 'glucolens-forecast/1';
const BLOCKS = [
  'first',
  'firstBias',
  'second',
  'secondBias',
  'narrow',
  'skip',
  'narrowBias',
  'mix',
  'mixBias',
] as const;
const DIGITS = 4;

const rowsOf = (values: ArrayLike<number>, columns: number): Rows =>
  Array.from({ length: values.length / columns }, (_, row) =>
    Array.from({ length: columns }, (_unused, column) => shortest(values[row * columns + column]!)).join(' '),
  );

const shortest = (value: number): string => String(Number(value.toPrecision(DIGITS)));

function numbersOf(rows: Rows, length: number): Float64Array {
  const numbers = Float64Array.from(rows.flatMap((row) => row.split(' ').map(Number)));
  if (numbers.length !== length || numbers.some((number) => !Number.isFinite(number))) {
    throw new RangeError(`a model's weights are ${length} finite numbers, not these`);
  }
  return numbers;
}

/** The models as a file, rounded to four digits: what is read back is what is to be judged. */
export function toModelFile(
  { lastValueSpreads, ridge, members }: TrainedModels,
  about: Pick<ModelFile, 'version' | 'seed' | 'trainedOn'>,
): ModelFile {
  const levels = QUANTILES / STEPS;
  const rest = {
    format: FORMAT,
    version: about.version,
    seed: about.seed,
    trainedOn: about.trainedOn,
    lastValueSpreads: rowsOf(lastValueSpreads, levels),
    ridge: {
      inputScales: rowsOf(ridge.inputScales, INPUTS),
      weights: rowsOf(ridge.weights, INPUTS + 1),
      spreads: rowsOf(ridge.spreads, levels),
    },
    members: members.map(memberFile),
  } as const;
  return { ...rest, checksum: checksumOf(rest) };
}

function memberFile({ shape, inputScales, outputScales, parameters }: QuantileNetwork): MemberFile {
  const weights = Object.fromEntries(
    blocksOf(shape).map(({ name, from, rows, columns }) => [
      name,
      rowsOf(parameters.subarray(from, from + rows * columns), columns),
    ]),
  ) as MemberFile['weights'];
  return {
    shape,
    inputScales: rowsOf(inputScales, shape.inputs),
    outputScales: rowsOf(outputScales, STEPS),
    weights,
  };
}

/** @throws RangeError where the file is of another format, was changed, or does not fit the inputs and outputs of today */
export function readModels(file: ModelFile): TrainedModels {
  if (file.format !== FORMAT) throw new RangeError('the file holds no models that are known here');
  const { checksum, ...rest } = file;
  if (checksum !== checksumOf(rest)) throw new RangeError("the models' file was changed after it was written");
  const [first, ...others] = file.members.map(readMember);
  if (!first) throw new RangeError('the file holds no network');
  return {
    lastValueSpreads: numbersOf(file.lastValueSpreads, QUANTILES),
    ridge: {
      inputScales: numbersOf(file.ridge.inputScales, INPUTS),
      weights: numbersOf(file.ridge.weights, STEPS * (INPUTS + 1)),
      spreads: numbersOf(file.ridge.spreads, QUANTILES),
    },
    members: [first, ...others],
  };
}

function readMember({ shape, inputScales, outputScales, weights }: MemberFile): QuantileNetwork {
  const parameters = new Float32Array(parameterLayout(shape).size);
  for (const { name, from, rows, columns } of blocksOf(shape)) {
    parameters.set(numbersOf(weights[name], rows * columns), from);
  }
  return {
    shape,
    inputScales: numbersOf(inputScales, INPUTS),
    outputScales: numbersOf(outputScales, STEPS),
    parameters,
  };
}

function blocksOf(shape: NetworkShape) {
  const { inputs, hidden, rank } = shape;
  const layout = parameterLayout(shape);
  const sizes: Readonly<Record<(typeof BLOCKS)[number], readonly [rows: number, columns: number]>> = {
    first: [hidden, inputs],
    firstBias: [1, hidden],
    second: [hidden, hidden],
    secondBias: [1, hidden],
    narrow: [rank, hidden],
    skip: [rank, inputs],
    narrowBias: [1, rank],
    mix: [QUANTILES, rank],
    mixBias: [1, QUANTILES],
  };
  return BLOCKS.map((name) => ({ name, from: layout[name], rows: sizes[name][0], columns: sizes[name][1] }));
}

/** 32 bits: enough against accidents, none against intent; the repository's history is there for that. */
function checksumOf(content: object): string {
  const text = JSON.stringify(content);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
