import { Neighbours } from '../neighbours.js';
import { stepsOf } from '../shape-sweep.js';
import { ANCHOR_ROWS, type Found, rowsOfDiagonal, type SweepRun } from '../sweep.js';
import type { Windows } from '../windows.js';
import { anchorCovariances } from './anchors.js';
import { kernelBytes, LANES } from './kernel.js';
import * as layouts from './layout.js';
import { type BlockFunction, instantiate } from './web-assembly.js';

/** Rows whose fields, with those of the columns beside them, fit into a first cache of 32 KB. */
const ROWS_IN_BLOCK = 256;
/** Below what any correlation is, rounding included. */
const NONE = -2;

/** One neighbour per window by Pearson correlation, as `sweepShapes` finds it, in WebAssembly with 128-bit vectors. */
export class SimdSweep implements SweepRun {
  private readonly layout: layouts.Layout;
  private readonly buffer: ArrayBuffer;
  private readonly block: BlockFunction;

  constructor(
    private readonly rows: Windows,
    private readonly columns: Windows,
  ) {
    this.layout = layouts.layoutFor(rows.count, columns.count, rows === columns);
    const { buffer, block } = instantiate(kernelBytes(this.layout), this.layout.size);
    this.buffer = buffer;
    this.block = block;
    this.write(this.layout.rowBase, rows);
    if (rows !== columns) this.write(this.layout.columnBase, columns);
  }

  /** May look at up to 7 diagonals after the last as well, as far as there are any. */
  run(from: number, to: number): void {
    const { carried } = this.layout;
    const end = rowsOfDiagonal(this.rows, this.columns, from);
    const lanes = Math.ceil((to - from) / LANES) * LANES;
    const covariances = new Float64Array(this.buffer, carried + 8 * from, lanes);
    for (let row = 0; row < end; row += ROWS_IN_BLOCK) {
      if (row % ANCHOR_ROWS === 0) anchorCovariances(this.rows, row, this.columns, row + from, covariances);
      const rowTo = Math.min(end, row + ROWS_IN_BLOCK);
      this.block(this.columns.count, row, rowTo, from, to);
    }
  }

  found(): Found {
    const { rowBase, columnBase } = this.layout;
    const rows = this.read(rowBase, this.rows.count, layouts.BEST_IN_ROW, layouts.NEIGHBOUR_IN_ROW);
    const { count } = this.columns;
    return { rows, columns: this.read(columnBase, count, layouts.BEST_IN_COLUMN, layouts.NEIGHBOUR_IN_COLUMN) };
  }

  private field(base: number, field: number): Float64Array {
    const { stride } = this.layout;
    return new Float64Array(this.buffer, base + field * stride, Math.floor(stride / 8));
  }

  private write(base: number, windows: Windows): void {
    const { df, dg } = stepsOf(windows);
    this.field(base, layouts.DF).set(df);
    this.field(base, layouts.DG).set(dg);
    this.field(base, layouts.SCALE).fill(Number.NaN).set(windows.inverseNorms);
    for (const field of [layouts.BEST_IN_ROW, layouts.BEST_IN_COLUMN]) this.field(base, field).fill(NONE);
    for (const field of [layouts.NEIGHBOUR_IN_ROW, layouts.NEIGHBOUR_IN_COLUMN]) this.field(base, field).fill(-1);
  }

  private read(base: number, count: number, best: number, neighbour: number): Neighbours {
    const neighbours = new Neighbours(count, 1);
    const scores = this.field(base, best);
    const indices = this.field(base, neighbour);
    for (let window = 0; window < count; window++) {
      if (indices[window]! >= 0) neighbours.offer(window, scores[window]!, indices[window]!);
    }
    return neighbours;
  }
}
