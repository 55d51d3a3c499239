import type { LagSpace } from './lagged-variables.js';
import { stepsOf, type Observations } from './observations.js';

/**
 * Every correlation among every variable at every lag 0..2 maxLag, over the same steps `t = 2 maxLag .. T - 1`: row-major,
 * rows and columns numbered as `LaggedVariable`. Holds for complete data only. A lagged variable that never changes over
 * its steps has the correlation 0 with everything, itself included.
 *
 * One step further back moves the window of a product by one, so the sums share all but their ends: those are added from
 * the shared core outwards, never taken away, and no digits are lost. N² (2 maxLag + 1) sums of products instead of
 * N² (2 maxLag + 1)².
 */
export function laggedCorrelations(data: Observations, space: LagSpace): Float64Array {
  const { span, variables } = space;
  const size = variables * span;
  const count = stepsOf(data) - 2 * space.maxLag;
  const columns = data.columns.map((column) => centred(column, space.maxLag));
  const sums = columns.map((column) => windowSums(column, span, count));
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < variables; i++) {
    for (let j = 0; j < variables; j++) {
      for (let shift = i <= j ? 0 : 1; shift < span; shift++) {
        const products = windowProducts(columns[i]!, columns[j]!, shift, span, count);
        // The product of i at lag a and j at lag a + shift.
        for (let lag = 0; lag + shift < span; lag++) {
          const value = products[lag]! - (sums[i]![lag]! * sums[j]![lag + shift]!) / count;
          const row = i * span + lag;
          const column = j * span + lag + shift;
          covariance[row * size + column] = value;
          covariance[column * size + row] = value;
        }
      }
    }
  }
  return toCorrelations(covariance, size, constantLags(data, space, count));
}

/** Distances from the mean of the steps that all lags share, scaled to at most 1, so that squares neither drown nor overflow. */
function centred(column: Float64Array, maxLag: number): Float64Array {
  const core = column.length > 4 * maxLag ? column.subarray(2 * maxLag, column.length - 2 * maxLag) : column;
  const origin = core[0] ?? 0;
  let sum = 0;
  for (let t = 0; t < core.length; t++) sum += core[t]! - origin;
  const mean = origin + sum / core.length;
  let largest = 0;
  for (let t = 0; t < column.length; t++) largest = Math.max(largest, Math.abs(column[t]! - mean));
  const scale = largest > 0 ? 1 / largest : 1;
  return column.map((value) => (value - mean) * scale);
}

/** Sums of a column over its window at every lag: the window at lag 0 are its last `count` steps. */
function windowSums(column: Float64Array, span: number, count: number): Float64Array {
  const ones = new Float64Array(column.length).fill(1);
  return windowProducts(column, ones, 0, span, count);
}

/**
 * Σ x[t - lag] y[t - lag - shift] over the steps t of the window, for each lag that leaves lag + shift < span.
 * Written u = t - lag, the terms are z[u] = x[u] y[u - shift] with u from first - lag to last - lag.
 */
function windowProducts(x: Float64Array, y: Float64Array, shift: number, span: number, count: number): Float64Array {
  const first = span - 1;
  const last = first + count - 1;
  const lags = span - shift;
  const result = new Float64Array(lags);
  const coreEnd = last - (lags - 1);
  if (coreEnd < first) {
    for (let lag = 0; lag < lags; lag++) result[lag] = sumOfProducts(x, y, shift, first - lag, last - lag);
    return result;
  }
  const core = sumOfProducts(x, y, shift, first, coreEnd);
  let tail = 0;
  for (let lag = lags - 1; lag >= 0; lag--) {
    result[lag] = core + tail;
    const next = coreEnd + (lags - lag);
    if (lag > 0) tail += x[next]! * y[next - shift]!;
  }
  let head = 0;
  for (let lag = 1; lag < lags; lag++) {
    head += x[first - lag]! * y[first - lag - shift]!;
    result[lag]! += head;
  }
  return result;
}

function sumOfProducts(x: Float64Array, y: Float64Array, shift: number, from: number, to: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let u = from;
  for (; u + 3 <= to; u += 4) {
    a += x[u]! * y[u - shift]!;
    b += x[u + 1]! * y[u + 1 - shift]!;
    c += x[u + 2]! * y[u + 2 - shift]!;
    d += x[u + 3]! * y[u + 3 - shift]!;
  }
  for (; u <= to; u++) a += x[u]! * y[u - shift]!;
  return a + b + (c + d);
}

/** 1 for each lagged variable that holds one value over all of its steps: exactly, not by the size of its variance. */
function constantLags({ columns }: Observations, { span, variables }: LagSpace, count: number): Uint8Array {
  const constant = new Uint8Array(variables * span);
  for (const [variable, column] of columns.entries()) {
    // The step from which on every value up to here has been the same.
    let since = 0;
    for (let t = 0; t < column.length; t++) {
      if (column[t] !== column[since]) since = t;
      const lag = column.length - 1 - t;
      if (lag < span && t - since + 1 >= count) constant[variable * span + lag] = 1;
    }
  }
  return constant;
}

function toCorrelations(covariance: Float64Array, size: number, constant: Uint8Array): Float64Array {
  const scale = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const variance = covariance[k * size + k]!;
    scale[k] = constant[k] === 1 || !(variance > 0) ? 0 : 1 / Math.sqrt(variance);
  }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      covariance[at] = row === column ? Number(scale[row] !== 0) : covariance[at]! * scale[row]! * scale[column]!;
    }
  }
  return covariance;
}
