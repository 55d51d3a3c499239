import { Neighbours } from '../neighbours.js';
import type { Comparison } from '../pair-distance.js';
import { ANCHOR_ROWS, type Found, nothingFound, rowsOfDiagonal, type SweepRun } from '../sweep.js';
import type { Windows } from '../windows.js';
import { kernelBytes, LANES } from './kernel.js';
import * as layouts from './layout.js';
import { type Fields, type Measure, MEASURES } from './measures.js';
import { type BlockFunction, instantiate } from './web-assembly.js';

/** Rows whose fields, with those of the columns beside them, fit into a first cache of 32 KB. */
const ROWS_IN_BLOCK = 256;
/** Below any score. */
const NONE = -Number.MAX_VALUE;

/** Where several neighbours per window are kept, and what the kernel sees of them: the score to reach. */
interface Several {
  readonly found: Found;
  readonly scratch: Float64Array;
  readonly rowFloors: Float64Array;
  readonly columnFloors: Float64Array;
}

/** The `k` best neighbours as `ShapeSweep` and `PlainSweep` find them, in WebAssembly with 128-bit vectors. */
export class SimdSweep implements SweepRun {
  private readonly measure: Measure;
  private readonly layout: layouts.Layout;
  private readonly buffer: ArrayBuffer;
  private readonly block: BlockFunction;
  private readonly several: Several | null;

  constructor(
    private readonly rows: Windows,
    private readonly columns: Windows,
    k: number,
    comparison: Comparison = 'shape',
  ) {
    this.measure = MEASURES[comparison];
    this.layout = layouts.layoutFor(rows.count, columns.count, rows === columns);
    const settle = (p: number, q: number): void => this.settle(p, q);
    const { buffer, block } = instantiate(kernelBytes(this.layout, this.measure, k > 1), this.layout.size, settle);
    this.buffer = buffer;
    this.block = block;
    const fields = this.measure.fieldsOf(rows, columns);
    this.write(this.layout.rowBase, fields.rows);
    if (rows !== columns) this.write(this.layout.columnBase, fields.columns);
    this.several = k === 1 ? null : this.openSeveral(k);
  }

  /** May look at up to 7 diagonals after the last as well, as far as there are any. */
  run(from: number, to: number): void {
    const { carried } = this.layout;
    const end = rowsOfDiagonal(this.rows, this.columns, from);
    const lanes = Math.ceil((to - from) / LANES) * LANES;
    const anchors = new Float64Array(this.buffer, carried + 8 * from, lanes);
    for (let row = 0; row < end; row += ROWS_IN_BLOCK) {
      if (row % ANCHOR_ROWS === 0) this.measure.anchor(this.rows, row, this.columns, row + from, anchors);
      const rowTo = Math.min(end, row + ROWS_IN_BLOCK);
      this.block(this.columns.count, row, rowTo, from, to);
    }
  }

  found(): Found {
    if (this.several) return this.several.found;
    const { rowBase, columnBase } = this.layout;
    const rows = this.read(rowBase, this.rows.count, layouts.BEST_IN_ROW, layouts.NEIGHBOUR_IN_ROW);
    const { count } = this.columns;
    return { rows, columns: this.read(columnBase, count, layouts.BEST_IN_COLUMN, layouts.NEIGHBOUR_IN_COLUMN) };
  }

  /** Takes in what the kernel left in scratch, where a window has several neighbours, and tells it the new floors. */
  private settle(p: number, q: number): void {
    const { rowBase, columnBase } = this.layout;
    const { found, scratch, rowFloors, columnFloors } = this.several!;
    const row = (p - rowBase) / 8;
    const first = (q - columnBase) / 8;
    for (let lane = 0; lane < LANES; lane++) {
      const score = scratch[lane]!;
      const column = first + lane;
      if (score >= rowFloors[row]!) {
        found.rows.offer(row, score, column);
        rowFloors[row] = Math.max(NONE, found.rows.floors[row]!);
      }
      if (score >= columnFloors[column]!) {
        found.columns.offer(column, score, row);
        columnFloors[column] = Math.max(NONE, found.columns.floors[column]!);
      }
    }
  }

  private openSeveral(k: number): Several {
    const { rowBase, columnBase, scratch } = this.layout;
    return {
      found: nothingFound(this.rows, this.columns, k),
      scratch: new Float64Array(this.buffer, scratch, LANES),
      rowFloors: this.field(rowBase, layouts.BEST_IN_ROW),
      columnFloors: this.field(columnBase, layouts.BEST_IN_COLUMN),
    };
  }

  private field(base: number, field: number): Float64Array {
    const { stride } = this.layout;
    return new Float64Array(this.buffer, base + field * stride, Math.floor(stride / 8));
  }

  private write(base: number, { firstStep, secondStep, scoring }: Fields): void {
    this.field(base, layouts.FIRST_STEP).set(firstStep);
    this.field(base, layouts.SECOND_STEP).set(secondStep);
    this.field(base, layouts.SCORING).fill(Number.NaN).set(scoring);
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
