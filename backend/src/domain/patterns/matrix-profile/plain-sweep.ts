import { ANCHOR_ROWS, type Found, nothingFound, rowsOfDiagonal, type SweepRun } from './sweep.js';
import { UNUSABLE, type Windows } from './windows.js';

/** The `k` best neighbours by Euclidean distance of the samples as they are; the score is the squared distance, negated. */
export class PlainSweep implements SweepRun {
  private readonly best: Found;
  private readonly usableRows: Float64Array;
  private readonly usableColumns: Float64Array;

  constructor(
    private readonly rows: Windows,
    private readonly columns: Windows,
    k: number,
  ) {
    this.best = nothingFound(rows, columns, k);
    this.usableRows = usable(rows);
    this.usableColumns = usable(columns);
  }

  run(from: number, to: number): void {
    const { rows, columns } = this;
    for (let diagonal = from; diagonal < to; diagonal++) {
      const end = rowsOfDiagonal(rows, columns, diagonal);
      for (let row = 0; row < end; row += ANCHOR_ROWS) this.stretch(row, Math.min(end, row + ANCHOR_ROWS), diagonal);
    }
  }

  found(): Found {
    return this.best;
  }

  private stretch(from: number, to: number, diagonal: number): void {
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
