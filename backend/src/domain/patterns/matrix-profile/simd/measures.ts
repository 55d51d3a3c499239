import type { Comparison } from '../pair-distance.js';
import { onLevelOf, plainStepsOf, squaredDistance } from '../plain-sweep.js';
import { stepsOf } from '../shape-sweep.js';
import type { Windows } from '../windows.js';
import { anchorCovariances } from './anchors.js';
import { type Code, f64, f64x2, get, set } from './assembler.js';

/** What the kernel holds of each window. */
export interface Fields {
  readonly firstStep: Float64Array;
  readonly secondStep: Float64Array;
  readonly scoring: Float64Array;
}

/** Of a pair of windows, code that leaves a vector of two on the stack. */
interface PairCode {
  readonly row: Code;
  readonly column: Code;
}

/** How the kernel compares: what it carries along a diagonal, how that moves on, and the score that comes of it. */
export interface Measure {
  /** In the order of operations of the sweep in TypeScript, so that both give the same bits. */
  score(carried: Code, scoring: PairCode): Code;
  /** @param spare a local that may be overwritten */
  moved(carried: Code, first: PairCode, second: PairCode, spare: number): Code;
  fieldsOf(rows: Windows, columns: Windows): { readonly rows: Fields; readonly columns: Fields };
  /** What is carried from one row on, of the columns from `column` on. */
  anchor(rows: Windows, row: number, columns: Windows, column: number, into: Float64Array): void;
}

/** Carries the covariance: `r = cov scale(i) scale(j)`, then `cov += df(i) dg(j) + dg(i) df(j)`. */
const shape: Measure = {
  score: (carried, scale) => f64x2.mul(f64x2.mul(carried, scale.row), scale.column),
  moved: (carried, df, dg) => f64x2.add(carried, f64x2.add(f64x2.mul(df.row, dg.column), f64x2.mul(dg.row, df.column))),
  fieldsOf: (rows, columns) => ({ rows: shapeFields(rows), columns: shapeFields(columns) }),
  anchor: anchorCovariances,
};

function shapeFields(windows: Windows): Fields {
  const { df, dg } = stepsOf(windows);
  return { firstStep: df, secondStep: dg, scoring: windows.inverseNorms };
}

/** Carries the squared distance, which what is gained adds to and what is lost takes from. */
const plain: Measure = {
  score: (carried, usable) =>
    f64x2.sub(f64x2.add(usable.row, usable.column), f64x2.pseudoMax(f64x2.splat(f64.const(0)), carried)),
  moved(carried, gained, lost, spare) {
    const square = ({ row, column }: PairCode): Code => [
      ...set(spare, f64x2.sub(row, column)),
      ...f64x2.mul(get(spare), get(spare)),
    ];
    return f64x2.add(carried, f64x2.sub(square(gained), square(lost)));
  },
  fieldsOf: (rows, columns) => ({
    rows: plainFields(rows, onLevelOf(columns, rows)),
    columns: plainFields(columns, columns.samples),
  }),
  anchor(rows, row, columns, column, into) {
    const levelled = onLevelOf(columns, rows);
    const last = Math.min(into.length, columns.count - column);
    for (let at = 0; at < last; at++) {
      into[at] = squaredDistance(rows.m, levelled, row, columns.samples, column + at);
    }
    into.fill(0, Math.max(0, last));
  },
};

function plainFields(windows: Windows, samples: Float64Array): Fields {
  const { lost, gained, usable } = plainStepsOf(windows, samples);
  return { firstStep: gained, secondStep: lost, scoring: usable };
}

export const MEASURES: Readonly<Record<Comparison, Measure>> = { shape, plain };
