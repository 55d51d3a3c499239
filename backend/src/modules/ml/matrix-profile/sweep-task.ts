import type { Comparison } from '../../../domain/patterns/matrix-profile/pair-distance.js';

/** What the threads of a self-join are told. Each takes the next range until none is left. */
export interface SweepTask {
  readonly series: Float64Array;
  readonly m: number;
  readonly k: number;
  readonly comparison: Comparison;
  readonly ranges: ReadonlyArray<readonly [from: number, to: number]>;
  /** Shared by the threads: at `NEXT_RANGE` the range to take next; at `CANCELLED` 1 once nobody wants the result. */
  readonly shared: Int32Array<SharedArrayBuffer>;
}

export const NEXT_RANGE = 0;
export const CANCELLED = 1;

/** The best neighbours one thread found, as `Neighbours` holds them: scores and indices of rows, then of columns. */
export interface SweepFound {
  readonly rows: { readonly scores: Float64Array; readonly indices: Int32Array };
  readonly columns: { readonly scores: Float64Array; readonly indices: Int32Array };
}

export type SweepMessage =
  | { readonly type: 'range-done' }
  | { readonly type: 'found'; readonly found: SweepFound }
  | { readonly type: 'failed'; readonly message: string };
