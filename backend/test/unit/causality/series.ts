import { fromRows, type Observations } from '../../../src/domain/causality/observations.js';
import { Random } from '../../../src/domain/simulator/random.js';

/** What a variable is made of: its own noise and others some steps before. */
export interface Cause {
  readonly source: number;
  readonly target: number;
  readonly lag: number;
  readonly weight: number;
}

/** A linear system with normal noise of unit size, run in for 200 steps. Links within a step must point to later variables. */
export function simulated(variables: number, steps: number, causes: readonly Cause[], seed: number): number[][] {
  const random = Random.seeded(seed, 77);
  const rows: number[][] = [];
  for (let t = 0; t < steps + 200; t++) {
    const row: number[] = [];
    rows.push(row);
    for (let target = 0; target < variables; target++) {
      let value = random.normal();
      for (const { source, lag, weight, target: wanted } of causes) {
        if (wanted === target) value += weight * (rows[t - lag]?.[source] ?? 0);
      }
      row.push(value);
    }
  }
  return rows.slice(200);
}

export const observed = (rows: ReadonlyArray<ReadonlyArray<number | null>>): Observations => fromRows(rows);

/** The same rows with a share of the values missing. */
export function withHoles(rows: number[][], share: number, seed: number): Array<Array<number | null>> {
  const random = Random.seeded(seed, 78);
  return rows.map((row) => row.map((value) => (random.chance(share) ? null : value)));
}

/** Residuals of least squares of y on the columns and a constant, by Gram and Schmidt, twice for the digits. */
export function residuals(y: readonly number[], columns: ReadonlyArray<readonly number[]>): number[] {
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const basis: number[][] = [];
  const strip = (column: readonly number[]) => {
    let left = [...column];
    for (let pass = 0; pass < 2; pass++) {
      for (const axis of basis) {
        const share = dot(left, axis);
        left = left.map((value, i) => value - share * (axis[i] ?? 0));
      }
    }
    return left;
  };
  for (const column of [y.map(() => 1), ...columns]) {
    const left = strip(column);
    const length = Math.sqrt(dot(left, left));
    basis.push(left.map((value) => value / length));
  }
  return strip(y);
}

export function correlation(a: readonly number[], b: readonly number[]): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const centre = (values: readonly number[]) => values.map((value) => value - sum(values) / values.length);
  const [x, y] = [centre(a), centre(b)];
  const product = sum(x.map((value, i) => value * (y[i] ?? 0)));
  return product / Math.sqrt(sum(x.map((v) => v * v)) * sum(y.map((v) => v * v)));
}
