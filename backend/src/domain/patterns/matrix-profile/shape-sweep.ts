import { DiagonalSweep } from './sweep.js';
import type { Windows } from './windows.js';

/** How the covariance of two windows changes when both move by one sample. */
export interface Steps {
  readonly df: Float64Array;
  readonly dg: Float64Array;
}

/**
 * `cov(i, j) = cov(i-1, j-1) + df(i) dg(j) + df(j) dg(i)`: half of what the window gains less what it loses, and both
 * measured from their means. Source: mpx of Kamgar et al., "Matrix Profile XV", ICDM 2019, section IV.
 */
export function stepsOf({ m, count, samples, means }: Windows): Steps {
  const df = new Float64Array(count);
  const dg = new Float64Array(count);
  for (let i = 1; i < count; i++) {
    const gained = samples[i + m - 1]!;
    const lost = samples[i - 1]!;
    df[i] = (gained - lost) / 2;
    dg[i] = gained - means[i]! + (lost - means[i - 1]!);
  }
  return { df, dg };
}

/** Sum of products of two windows, each less its mean: `m` times their covariance. */
export function covariance(a: Windows, i: number, b: Windows, j: number): number {
  const meanA = a.means[i]!;
  const meanB = b.means[j]!;
  let sum = 0;
  for (let t = 0; t < a.m; t++) sum += (a.samples[i + t]! - meanA) * (b.samples[j + t]! - meanB);
  return sum;
}

/** The `k` best neighbours by Pearson correlation. Windows without a shape neither find nor are found here. */
export class ShapeSweep extends DiagonalSweep {
  private readonly rowSteps: Steps;
  private readonly columnSteps: Steps;

  constructor(rows: Windows, columns: Windows, k: number) {
    super(rows, columns, k);
    this.rowSteps = stepsOf(rows);
    this.columnSteps = rows === columns ? this.rowSteps : stepsOf(columns);
  }

  protected override stretch(from: number, to: number, diagonal: number): void {
    const { rows, columns, best } = this;
    const { df: dfA, dg: dgA } = this.rowSteps;
    const { df: dfB, dg: dgB } = this.columnSteps;
    const scaleA = rows.inverseNorms;
    const scaleB = columns.inverseNorms;
    const floorA = best.rows.floors;
    const floorB = best.columns.floors;
    let product = covariance(rows, from, columns, from + diagonal);
    for (let i = from, j = from + diagonal; i < to; i++, j++) {
      if (i > from) product += dfA[i]! * dgB[j]! + dgA[i]! * dfB[j]!;
      const r = product * scaleA[i]! * scaleB[j]!;
      if (r >= floorA[i]!) best.rows.offer(i, r, j);
      if (r >= floorB[j]!) best.columns.offer(j, r, i);
    }
  }
}
