/** Fields of a side, each an array of doubles, `stride` bytes apart: window `i` of a field is at `base + field * stride + 8 i`. */
/** Two of what a pair needs to move on by one sample, and one of what makes its score. */
export const FIRST_STEP = 0;
export const SECOND_STEP = 1;
export const SCORING = 2;
export const BEST_IN_ROW = 3;
export const BEST_IN_COLUMN = 4;
export const NEIGHBOUR_IN_ROW = 5;
export const NEIGHBOUR_IN_COLUMN = 6;
const FIELDS = 7;

/** Windows beyond the last that the kernel may read: it takes 8 diagonals at once and steps once more than it needs. */
const PADDING = 24;
/** Fields whose distance is a multiple of a page share the sets of the first cache. */
const PAGE_BYTES = 4096;
const STAGGER_BYTES = 576;

/** Where things are in the kernel's memory, in bytes. */
export interface Layout {
  readonly scratch: number;
  readonly stride: number;
  readonly carried: number;
  readonly rowBase: number;
  /** The same as `rowBase` where a series is joined with itself. */
  readonly columnBase: number;
  readonly size: number;
}

export function layoutFor(rows: number, columns: number, isSelfJoin: boolean): Layout {
  const bytes = 8 * (Math.max(rows, columns) + PADDING);
  const stride = Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES + STAGGER_BYTES;
  const scratch = 64;
  const carried = PAGE_BYTES;
  const rowBase = carried + stride;
  const columnBase = isSelfJoin ? rowBase : rowBase + FIELDS * stride;
  return { scratch, stride, carried, rowBase, columnBase, size: columnBase + FIELDS * stride };
}
