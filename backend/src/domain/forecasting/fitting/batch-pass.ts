import { QUANTILES } from '../horizons.js';
import { GELU_SLOPE, type NetworkShape, parameterLayout, type ParameterLayout } from '../network.js';
import { columnSums, multiplyByTransposed, transpose } from './multiply.js';

/**
 * The network on a whole batch, forward and back, in memory that is taken once. Weights are read anew on every call.
 */
export class BatchPass {
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
  /** Slopes of the loss: by the outputs, to be filled before `backward`, and by the parameters, filled by it. */
  readonly outputSlopes: Float32Array;
  readonly slopes: Float32Array;
  private readonly layout: ParameterLayout;
  private readonly sums: readonly [Float32Array, Float32Array];
  private readonly active: readonly [Float32Array, Float32Array];
  private readonly narrow: Float32Array;
  private readonly narrowSlopes: Float32Array;
  private readonly hiddenSlopes: Float32Array;
  private readonly scratch: readonly [Float32Array, Float32Array, Float32Array];

  constructor(
    private readonly shape: NetworkShape,
    readonly batch: number,
  ) {
    const { inputs, hidden, rank } = shape;
    const matrix = (columns: number): Float32Array => new Float32Array(batch * columns);
    const widest = Math.max(inputs, hidden, rank, QUANTILES);
    this.layout = parameterLayout(shape);
    this.inputs = matrix(inputs);
    this.outputs = matrix(QUANTILES);
    this.outputSlopes = matrix(QUANTILES);
    this.slopes = new Float32Array(this.layout.size);
    this.sums = [matrix(hidden), matrix(hidden)];
    this.active = [matrix(hidden), matrix(hidden)];
    this.narrow = matrix(rank);
    this.narrowSlopes = matrix(rank);
    this.hiddenSlopes = matrix(hidden);
    const largest = widest * Math.max(batch, hidden);
    this.scratch = [new Float32Array(largest), new Float32Array(largest), new Float32Array(largest)];
  }

  /** From `inputs`, scaled, to `outputs`. */
  forward(parameters: Float32Array): void {
    const { inputs, hidden, rank } = this.shape;
    const { layout, batch } = this;
    const part = (from: number, size: number): Float32Array => parameters.subarray(from, from + size);
    const [skipped] = this.scratch;
    const layer = (
      x: Float32Array,
      columns: number,
      weights: number,
      bias: number,
      rows: number,
      out: Float32Array,
    ) => {
      multiplyByTransposed(x, part(weights, rows * columns), out, batch, rows, columns);
      addToRows(out, part(bias, rows), batch);
    };
    layer(this.inputs, inputs, layout.first, layout.firstBias, hidden, this.sums[0]);
    activate(this.sums[0], this.active[0]);
    layer(this.active[0], hidden, layout.second, layout.secondBias, hidden, this.sums[1]);
    activate(this.sums[1], this.active[1]);
    layer(this.active[1], hidden, layout.narrow, layout.narrowBias, rank, this.narrow);
    multiplyByTransposed(this.inputs, part(layout.skip, rank * inputs), skipped, batch, rank, inputs);
    for (let i = 0; i < this.narrow.length; i++) this.narrow[i]! += skipped[i]!;
    layer(this.narrow, rank, layout.mix, layout.mixBias, QUANTILES, this.outputs);
  }

  /** From `outputSlopes` to `slopes`, after `forward` with the same parameters. */
  backward(parameters: Float32Array): void {
    const { inputs, hidden, rank } = this.shape;
    const { layout, batch } = this;
    const { narrow, narrowSlopes, hiddenSlopes } = this;
    this.weightSlopes(this.outputSlopes, QUANTILES, narrow, rank, layout.mix, layout.mixBias);
    this.throughLayer(parameters, this.outputSlopes, QUANTILES, layout.mix, rank, narrowSlopes);
    this.weightSlopes(narrowSlopes, rank, this.active[1], hidden, layout.narrow, layout.narrowBias);
    this.weightSlopes(narrowSlopes, rank, this.inputs, inputs, layout.skip, null);
    this.throughLayer(parameters, narrowSlopes, rank, layout.narrow, hidden, hiddenSlopes);
    throughActivation(this.sums[1], hiddenSlopes);
    this.weightSlopes(hiddenSlopes, hidden, this.active[0], hidden, layout.second, layout.secondBias);
    const below = this.scratch[2].subarray(0, batch * hidden);
    this.throughLayer(parameters, hiddenSlopes, hidden, layout.second, hidden, below);
    throughActivation(this.sums[0], below);
    this.weightSlopes(below, hidden, this.inputs, inputs, layout.first, layout.firstBias);
  }

  /** Slopes of a layer's weights and bias from those of its sums. */
  private weightSlopes(
    ofSums: Float32Array,
    rows: number,
    x: Float32Array,
    columns: number,
    weights: number,
    bias: number | null,
  ): void {
    const { batch, slopes } = this;
    const left = transpose(ofSums, batch, rows, this.scratch[0]);
    const right = transpose(x, batch, columns, this.scratch[1]);
    multiplyByTransposed(left, right, slopes.subarray(weights, weights + rows * columns), rows, columns, batch);
    if (bias !== null) columnSums(ofSums, batch, rows, slopes.subarray(bias, bias + rows));
  }

  /** Slopes of what went into a layer from those of its sums. */
  private throughLayer(
    parameters: Float32Array,
    ofSums: Float32Array,
    rows: number,
    weights: number,
    columns: number,
    into: Float32Array,
  ): void {
    const matrix = parameters.subarray(weights, weights + rows * columns);
    const turned = transpose(matrix, rows, columns, this.scratch[0]);
    multiplyByTransposed(ofSums, turned, into, this.batch, columns, rows);
  }
}

function addToRows(matrix: Float32Array, row: Float32Array, rows: number): void {
  const columns = row.length;
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) matrix[r * columns + c]! += row[c]!;
}

function activate(sums: Float32Array, into: Float32Array): void {
  for (let i = 0; i < sums.length; i++) into[i] = sums[i]! / (1 + Math.exp(-GELU_SLOPE * sums[i]!));
}

/** Multiplies by the slope of `gelu`. */
function throughActivation(sums: Float32Array, slopes: Float32Array): void {
  for (let i = 0; i < sums.length; i++) {
    const share = 1 / (1 + Math.exp(-GELU_SLOPE * sums[i]!));
    slopes[i]! *= share * (1 + GELU_SLOPE * sums[i]! * (1 - share));
  }
}
