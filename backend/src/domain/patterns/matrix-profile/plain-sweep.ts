import { DiagonalSweep } from './sweep.js';
import { UNUSABLE, type Windows } from './windows.js';

/** The `k` best neighbours by Euclidean distance of the samples as they are; the score is the squared distance, negated. */
export class PlainSweep extends DiagonalSweep {
  private readonly usableRows: Float64Array;
  private readonly usableColumns: Float64Array;

  constructor(rows: Windows, columns: Windows, k: number) {
    super(rows, columns, k);
    this.usableRows = usable(rows);
    this.usableColumns = usable(columns);
  }

  protected override stretch(from: number, to: number, diagonal: number): void {
    const { rows, columns, best, usableRows, usableColumns } = this;
    const { m, samples: a } = rows;
    const { samples: b } = columns;
    const shift = rows.shift - columns.shift;
    const floorA = best.rows.floors;
    const floorB = best.columns.floors;
    const square = (t: number): number => (a[t]! - b[t + diagonal]! + shift) ** 2;
    let squares = 0;
    for (let t = from; t < from + m; t++) squares += square(t);
    for (let i = from, j = from + diagonal; i < to; i++, j++) {
      if (i > from) squares += square(i + m - 1) - square(i - 1);
      const score = usableRows[i]! + usableColumns[j]! - Math.max(0, squares);
      if (score >= floorA[i]!) best.rows.offer(i, score, j);
      if (score >= floorB[j]!) best.columns.offer(j, score, i);
    }
  }
}

/** 0 for a window with all its samples, else NaN, which reaches no floor. */
const usable = ({ kinds }: Windows): Float64Array =>
  Float64Array.from(kinds, (kind) => (kind === UNUSABLE ? Number.NaN : 0));
