import type { Neighbours } from './neighbours.js';
import type { Comparison } from './pair-distance.js';
import { CONSTANT, UNUSABLE, VARIED, type Windows } from './windows.js';

/** STUMPY's convention: as if a constant window and any shape correlated so, which puts them sqrt(m) apart. */
const CONSTANT_TO_SHAPE = 0.5;
const CONSTANT_TO_CONSTANT = 1;

/** The windows of a side that a window may have as neighbours: `first` to `last`, both inside. */
export type Admissible = (window: number) => { readonly first: number; readonly last: number };

/**
 * Offers each window the pairs in which one side is constant. The sweep leaves them out; they follow from where the
 * constants are, and the nearest are offered since they win all ties.
 */
export function offerConstants(found: Neighbours, from: Windows, to: Windows, admissible: Admissible): void {
  const constants = windowsOfKind(to, (kind) => kind === CONSTANT);
  const shapes = windowsOfKind(to, (kind) => kind === VARIED);
  for (let window = 0; window < from.count; window++) {
    const kind = from.kinds[window]!;
    if (kind === UNUSABLE) continue;
    const range = admissible(window);
    const toConstant = kind === CONSTANT ? CONSTANT_TO_CONSTANT : CONSTANT_TO_SHAPE;
    offerNearest(found, window, toConstant, constants, range);
    if (kind === CONSTANT) offerNearest(found, window, CONSTANT_TO_SHAPE, shapes, range);
  }
}

/** Only shapes have a convention for constants: as they are, two samples are as far apart as they are. */
export const needsConstants = (comparison: Comparison, ...sides: readonly Windows[]): boolean =>
  comparison === 'shape' && sides.some(({ kinds }) => kinds.includes(CONSTANT));

function windowsOfKind({ kinds }: Windows, wanted: (kind: number) => boolean): Int32Array {
  const windows: number[] = [];
  kinds.forEach((kind, window) => {
    if (wanted(kind)) windows.push(window);
  });
  return Int32Array.from(windows);
}

/** Walks outwards from a window over ascending candidates, until `k` are offered or none is left in the range. */
function offerNearest(
  found: Neighbours,
  window: number,
  score: number,
  candidates: Int32Array,
  { first, last }: { readonly first: number; readonly last: number },
): void {
  if (!(score >= found.floors[window]!)) return;
  let after = lowerBound(candidates, Math.min(Math.max(window, first), last + 1));
  let before = after - 1;
  for (let offered = 0; offered < found.k; offered++) {
    const right = after < candidates.length && candidates[after]! <= last ? candidates[after]! : null;
    const left = before >= 0 && candidates[before]! >= first ? candidates[before]! : null;
    if (right === null && left === null) return;
    const takesLeft = left !== null && (right === null || window - left <= right - window);
    found.offer(window, score, takesLeft ? left : right!);
    if (takesLeft) before--;
    else after++;
  }
}

/** Index of the first value that is not below `value`. */
function lowerBound(ascending: Int32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
