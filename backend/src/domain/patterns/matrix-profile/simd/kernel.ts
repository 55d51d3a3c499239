import {
  assemble,
  call,
  type Code,
  f64,
  f64x2,
  get,
  i32,
  leaveLoopWhen,
  repeat,
  set,
  TYPES,
  when,
} from './assembler.js';
import {
  BEST_IN_COLUMN,
  BEST_IN_ROW,
  FIRST_STEP,
  type Layout,
  NEIGHBOUR_IN_COLUMN,
  NEIGHBOUR_IN_ROW,
  SCORING,
  SECOND_STEP,
} from './layout.js';
import type { Measure } from './measures.js';

/** Diagonals that go through the registers together: four vectors of two. */
export const LANES = 8;
const VECTORS = [0, 1, 2, 3] as const;
/** A block may end one row later than it has rows; what stands there is no window and no neighbour. */
const ROWS_AT_ONCE = [0, 1] as const;
const VECTOR_BYTES = 16;
const DOUBLE_BYTES = 8;

/**
 * The kernel for one layout of memory. `block(columns, rowFrom, rowTo, diagonalFrom, diagonalTo)` takes 8 diagonals at a
 * time through a block of rows that fits into the first cache. It holds each score against the best of row and column,
 * then moves on. What a measure carries stands in the layout's `carried` before and after. Where any of the 8 may be a
 * new best, `settle` looks closer: one of its own for a single neighbour, or one of the outside, which is given the
 * addresses of row and column and finds the 8 scores in `scratch`.
 */
export function kernelBytes(layout: Layout, measure: Measure, settlesOutside: boolean): Uint8Array<ArrayBuffer> {
  const parameters = [TYPES.i32, TYPES.i32];
  const kernel = { exported: 'block', parameters: Array<number>(5).fill(TYPES.i32), ...block(layout, measure) };
  if (settlesOutside) return assemble([kernel], [{ name: 'settle', parameters }]);
  return assemble([{ exported: null, parameters, ...settle(layout) }, kernel]);
}

function block(layout: Layout, measure: Measure): { locals: number[]; body: Code } {
  const [columns, rowFrom, rowTo, diagonal, diagonalTo] = [0, 1, 2, 3, 4];
  const [end, p, q] = [5, 6, 7];
  const carried = VECTORS.map((v) => 8 + v);
  const score = VECTORS.map((v) => 12 + v);
  const [firstStep, secondStep, scoring, nothing, bestOfRow, spare] = [16, 17, 18, 19, 20, 21];
  const locals = [...Array<number>(3).fill(TYPES.i32), ...Array<number>(14).fill(TYPES.v128)];

  const at = (field: number, row: number, vector = 0): number =>
    field * layout.stride + row * DOUBLE_BYTES + vector * VECTOR_BYTES;
  const bytes = (index: Code): Code => i32.shl(index, i32.const(3));
  const inColumn = (field: number, row: number, v: number): Code => f64x2.load(get(q), at(field, row, v));
  const perRow = (row: number): Code => [
    ...set(scoring, f64x2.loadSplat(get(p), at(SCORING, row))),
    ...VECTORS.flatMap((v) =>
      set(score[v]!, measure.score(get(carried[v]!), { row: get(scoring), column: inColumn(SCORING, row, v) })),
    ),
    ...set(
      bestOfRow,
      score.reduce((best: Code, one) => f64x2.pseudoMax(best, get(one)), get(nothing)),
    ),
    ...when(
      f64x2.anyTrue(
        VECTORS.reduce(
          (any: Code, v) => f64x2.or(any, f64x2.greaterOrEqual(get(score[v]!), inColumn(BEST_IN_COLUMN, row, v))),
          f64x2.greaterOrEqual(get(bestOfRow), f64x2.loadSplat(get(p), at(BEST_IN_ROW, row))),
        ),
      ),
      [
        ...VECTORS.flatMap((v) => f64x2.store(i32.const(layout.scratch), get(score[v]!), v * VECTOR_BYTES)),
        ...call(0, i32.add(get(p), i32.const(row * DOUBLE_BYTES)), i32.add(get(q), i32.const(row * DOUBLE_BYTES))),
      ],
    ),
    ...set(firstStep, f64x2.loadSplat(get(p), at(FIRST_STEP, row + 1))),
    ...set(secondStep, f64x2.loadSplat(get(p), at(SECOND_STEP, row + 1))),
    ...VECTORS.flatMap((v) => {
      const first = { row: get(firstStep), column: inColumn(FIRST_STEP, row + 1, v) };
      const second = { row: get(secondStep), column: inColumn(SECOND_STEP, row + 1, v) };
      return set(carried[v]!, measure.moved(get(carried[v]!), first, second, spare));
    }),
  ];
  const rows: Code = [
    ...leaveLoopWhen(i32.greaterOrEqual(get(p), get(end))),
    ...ROWS_AT_ONCE.flatMap(perRow),
    ...set(p, i32.add(get(p), i32.const(ROWS_AT_ONCE.length * DOUBLE_BYTES))),
    ...set(q, i32.add(get(q), i32.const(ROWS_AT_ONCE.length * DOUBLE_BYTES))),
  ];
  const carry = i32.add(i32.const(layout.carried), bytes(get(diagonal)));
  const bundles: Code = [
    ...leaveLoopWhen(i32.greaterOrEqual(get(diagonal), get(diagonalTo))),
    ...set(end, i32.sub(get(columns), get(diagonal))),
    ...set(end, i32.select(get(rowTo), get(end), i32.lessThan(get(rowTo), get(end)))),
    ...leaveLoopWhen(i32.greaterOrEqual(get(rowFrom), get(end))),
    ...set(end, i32.add(i32.const(layout.rowBase), bytes(get(end)))),
    ...VECTORS.flatMap((v) => set(carried[v]!, f64x2.load(carry, v * VECTOR_BYTES))),
    ...set(p, i32.add(i32.const(layout.rowBase), bytes(get(rowFrom)))),
    ...set(q, i32.add(i32.const(layout.columnBase), bytes(i32.add(get(rowFrom), get(diagonal))))),
    ...repeat(rows),
    ...VECTORS.flatMap((v) => f64x2.store(carry, get(carried[v]!), v * VECTOR_BYTES)),
    ...set(diagonal, i32.add(get(diagonal), i32.const(LANES))),
  ];
  return { locals, body: [...set(nothing, f64x2.splat(f64.const(-Infinity))), ...repeat(bundles)] };
}

/** Goes through the 8 scores in scratch: a better one, or an equal one that is nearer in time, is the new best. */
function settle({ stride, scratch, rowBase, columnBase }: Layout): { locals: number[]; body: Code } {
  const [p, q] = [0, 1];
  const [offset, r, row, column] = [2, 3, 4, 5];
  const locals = [TYPES.i32, TYPES.f64, TYPES.f64, TYPES.f64];
  const windowAt = (place: number, base: number): Code =>
    f64.fromI32(i32.shiftRight(i32.sub(get(place), i32.const(base)), i32.const(3)));
  const improve = (place: number, best: number, neighbour: number, candidate: number, isNearer: Code): Code => {
    const held = f64.load(get(place), best * stride);
    return when(i32.or(f64.greater(get(r), held), i32.and(f64.equal(get(r), held), isNearer)), [
      ...f64.store(get(place), get(r), best * stride),
      ...f64.store(get(place), get(candidate), neighbour * stride),
    ]);
  };
  const perLane: Code = [
    ...leaveLoopWhen(i32.greaterOrEqual(get(offset), i32.const(LANES * DOUBLE_BYTES))),
    ...set(r, f64.load(i32.add(i32.const(scratch), get(offset)))),
    ...set(column, windowAt(q, columnBase)),
    ...improve(
      p,
      BEST_IN_ROW,
      NEIGHBOUR_IN_ROW,
      column,
      f64.lessThan(get(column), f64.load(get(p), NEIGHBOUR_IN_ROW * stride)),
    ),
    ...improve(
      q,
      BEST_IN_COLUMN,
      NEIGHBOUR_IN_COLUMN,
      row,
      f64.greater(get(row), f64.load(get(q), NEIGHBOUR_IN_COLUMN * stride)),
    ),
    ...set(q, i32.add(get(q), i32.const(DOUBLE_BYTES))),
    ...set(offset, i32.add(get(offset), i32.const(DOUBLE_BYTES))),
  ];
  return { locals, body: [...set(row, windowAt(p, rowBase)), ...repeat(perLane)] };
}
