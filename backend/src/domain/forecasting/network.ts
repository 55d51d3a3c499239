import { QUANTILES, STEPS } from './horizons.js';
import { INPUTS } from './inputs.js';

export interface NetworkShape {
  readonly inputs: number;
  readonly hidden: number;
  /** Numbers that all quantiles of all steps are mixed from. */
  readonly rank: number;
}

/**
 * A quantile network: two hidden layers and a linear way round them, meeting in `rank` numbers of which the quantiles are
 * mixed. Outputs are differences from the last value.
 */
export interface QuantileNetwork {
  readonly shape: NetworkShape;
  /** What each input is divided by. */
  readonly inputScales: Float64Array;
  /** mg/dL that an output of one stands for, by step. */
  readonly outputScales: Float64Array;
  /** All weights, in the order of `parameterLayout`; matrices row-major, a row per output. */
  readonly parameters: Float32Array;
}

/** Where each matrix and vector begins. */
export interface ParameterLayout {
  readonly first: number;
  readonly firstBias: number;
  readonly second: number;
  readonly secondBias: number;
  readonly narrow: number;
  readonly skip: number;
  readonly narrowBias: number;
  readonly mix: number;
  readonly mixBias: number;
  readonly size: number;
}

export function parameterLayout({ inputs, hidden, rank }: NetworkShape): ParameterLayout {
  const firstBias = hidden * inputs;
  const second = firstBias + hidden;
  const secondBias = second + hidden * hidden;
  const narrow = secondBias + hidden;
  const skip = narrow + rank * hidden;
  const narrowBias = skip + rank * inputs;
  const mix = narrowBias + rank;
  const mixBias = mix + QUANTILES * rank;
  return { first: 0, firstBias, second, secondBias, narrow, skip, narrowBias, mix, mixBias, size: mixBias + QUANTILES };
}

/** Products that one forecast takes. */
export const multiplyAdds = ({ inputs, hidden, rank }: NetworkShape): number =>
  hidden * inputs + hidden * hidden + rank * (hidden + inputs) + QUANTILES * rank;

export const GELU_SLOPE = 1.702;

/** The logistic form of the Gaussian error linear unit (Hendrycks and Gimpel 2016, arXiv 1606.08415, §2). */
export const gelu = (x: number): number => x / (1 + Math.exp(-GELU_SLOPE * x));

/**
 * Differences from the last value, mg/dL: `QUANTILES` numbers, a row per step. Levels of a step may still cross.
 * @param inputs as `writeInputs` leaves them
 */
export function networkDifferences(network: QuantileNetwork, inputs: ArrayLike<number>): Float64Array {
  const { shape, inputScales, outputScales, parameters } = network;
  const { hidden, rank } = shape;
  const layout = parameterLayout(shape);
  const scaled = new Float64Array(INPUTS);
  for (let i = 0; i < INPUTS; i++) scaled[i] = inputs[i]! / inputScales[i]!;
  const first = new Float64Array(hidden);
  affine(parameters, layout.first, layout.firstBias, scaled, first);
  for (let i = 0; i < hidden; i++) first[i] = gelu(first[i]!);
  const second = new Float64Array(hidden);
  affine(parameters, layout.second, layout.secondBias, first, second);
  for (let i = 0; i < hidden; i++) second[i] = gelu(second[i]!);
  const narrow = new Float64Array(rank);
  affine(parameters, layout.narrow, layout.narrowBias, second, narrow);
  addProduct(parameters, layout.skip, scaled, narrow);
  const differences = new Float64Array(QUANTILES);
  affine(parameters, layout.mix, layout.mixBias, narrow, differences);
  const levels = QUANTILES / STEPS;
  for (let i = 0; i < QUANTILES; i++) differences[i] = differences[i]! * outputScales[Math.floor(i / levels)]!;
  return differences;
}

function affine(parameters: Float32Array, matrix: number, bias: number, x: Float64Array, into: Float64Array): void {
  for (let row = 0; row < into.length; row++) into[row] = parameters[bias + row]!;
  addProduct(parameters, matrix, x, into);
}

/** Four rows at a time, since each sum waits for itself. */
function addProduct(parameters: Float32Array, matrix: number, x: Float64Array, into: Float64Array): void {
  const columns = x.length;
  const rows = into.length;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const start = matrix + row * columns;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let column = 0; column < columns; column++) {
      const at = start + column;
      const value = x[column]!;
      sum0 += parameters[at]! * value;
      sum1 += parameters[at + columns]! * value;
      sum2 += parameters[at + 2 * columns]! * value;
      sum3 += parameters[at + 3 * columns]! * value;
    }
    into[row]! += sum0;
    into[row + 1]! += sum1;
    into[row + 2]! += sum2;
    into[row + 3]! += sum3;
  }
  for (; row < rows; row++) {
    const start = matrix + row * columns;
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += parameters[start + column]! * x[column]!;
    into[row]! += sum;
  }
}
