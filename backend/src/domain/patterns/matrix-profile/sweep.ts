import { Neighbours } from './neighbours.js';
import type { Windows } from './windows.js';

/** Covariances are carried along a diagonal for so many rows and then computed anew, which bounds their drift. */
export const ANCHOR_ROWS = 4096;

/** What each window of the rows found in the columns, and each window of the columns in the rows. */
export interface Found {
  readonly rows: Neighbours;
  readonly columns: Neighbours;
}

/**
 * A way through the distance matrix of two series by its diagonals: diagonal `d` pairs window `i` of the rows with
 * window `i + d` of the columns. Sweeps over the same windows may run in different threads and be merged; neither the
 * cut nor the order changes a bit of the result.
 */
export interface SweepRun {
  /** Looks at diagonals `from` up to, but not including, `to`. */
  run(from: number, to: number): void;
  /** The best of all that was looked at so far. */
  found(): Found;
}

export const nothingFound = (rows: Windows, columns: Windows, k: number): Found => ({
  rows: new Neighbours(rows.count, k),
  columns: new Neighbours(columns.count, k),
});

/** How many rows a diagonal has; none where it misses the matrix. */
export const rowsOfDiagonal = (rows: Windows, columns: Windows, diagonal: number): number =>
  Math.max(0, Math.min(rows.count, columns.count - diagonal));

/** Takes into `into` what another sweep over the same windows found. */
export function mergeFound(into: Found, other: Found): void {
  into.rows.merge(other.rows);
  into.columns.merge(other.columns);
}

/** A sweep in plain TypeScript: each diagonal in stretches that begin anew. */
export abstract class DiagonalSweep implements SweepRun {
  protected readonly best: Found;

  constructor(
    protected readonly rows: Windows,
    protected readonly columns: Windows,
    k: number,
  ) {
    this.best = nothingFound(rows, columns, k);
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

  /** Looks at rows `from` up to, but not including, `to` of one diagonal. */
  protected abstract stretch(from: number, to: number, diagonal: number): void;
}
