import { lagOf, type LaggedVariable, type LagSpace, variableOf } from './lagged-variables.js';
import { type Observations, stepsOf } from './observations.js';

/**
 * Correlations among a few lagged variables over the steps `t = 2 maxLag .. T - 1` that hold all of them. The steps are the
 * same for every pair of one question, so that the correlations fit together.
 */
export class PresentCorrelations {
  private readonly steps: Int32Array;
  private readonly columns: Float64Array[] = [];

  constructor(
    private readonly data: Observations,
    private readonly space: LagSpace,
  ) {
    this.steps = new Int32Array(stepsOf(data));
  }

  /** Row-major; a variable that never changes over the steps has 0 with everything, itself included. */
  among(nodes: readonly LaggedVariable[]): { correlations: Float64Array; order: number[]; samples: number } {
    const samples = this.findSteps(nodes);
    const size = nodes.length;
    const correlations = new Float64Array(size * size);
    for (const [row, node] of nodes.entries()) {
      const own = this.standardised(row, node, samples);
      for (let column = 0; column <= row; column++) {
        const value = dot(own, this.columns[column]!, samples);
        correlations[row * size + column] = value;
        correlations[column * size + row] = value;
      }
    }
    return { correlations, order: nodes.map((_, index) => index), samples };
  }

  /** Writes the steps that hold every node and returns how many there are. */
  private findSteps(nodes: readonly LaggedVariable[]): number {
    const { steps } = this;
    let count = 0;
    for (let t = 2 * this.space.maxLag; t < steps.length; t++) steps[count++] = t;
    for (const node of nodes) {
      const values = this.data.columns[variableOf(this.space, node)]!;
      const lag = lagOf(this.space, node);
      let kept = 0;
      for (let k = 0; k < count; k++) {
        const t = steps[k]!;
        const value = values[t - lag]!;
        if (value === value) steps[kept++] = t;
      }
      count = kept;
    }
    return count;
  }

  /** Values at the steps less their mean, scaled to length 1; zeros where they never change. */
  private standardised(place: number, node: LaggedVariable, count: number): Float64Array {
    const own = (this.columns[place] ??= new Float64Array(this.steps.length));
    const values = this.data.columns[variableOf(this.space, node)]!;
    const lag = lagOf(this.space, node);
    const origin = count > 0 ? values[this.steps[0]! - lag]! : 0;
    let sum = 0;
    let largest = 0;
    for (let k = 0; k < count; k++) {
      const value = values[this.steps[k]! - lag]! - origin;
      own[k] = value;
      sum += value;
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest === 0) return own.fill(0, 0, count);
    const mean = sum / count / largest;
    for (let k = 0; k < count; k++) own[k] = own[k]! / largest - mean;
    const length = Math.sqrt(dot(own, own, count));
    for (let k = 0; k < count; k++) own[k] = own[k]! / length;
    return own;
  }
}

function dot(x: Float64Array, y: Float64Array, count: number): number {
  let a = 0;
  let b = 0;
  let k = 0;
  for (; k + 1 < count; k += 2) {
    a += x[k]! * y[k]!;
    b += x[k + 1]! * y[k + 1]!;
  }
  if (k < count) a += x[k]! * y[k]!;
  return a + b;
}
