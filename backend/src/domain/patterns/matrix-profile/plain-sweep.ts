import { DiagonalSweep } from './sweep.js';
import { UNUSABLE, type Windows } from './windows.js';

/** What two windows lose and gain as both move on by one sample, and whether they count. One entry per window. */
export interface PlainSteps {
  readonly lost: Float64Array;
  readonly gained: Float64Array;
  /** 0 for a window with all its samples, else NaN, which reaches no floor. */
  readonly usable: Float64Array;
}

/** @param samples of the windows, on the level that they are compared on */
export function plainStepsOf({ m, count, kinds }: Windows, samples: Float64Array): PlainSteps {
  const lost = new Float64Array(count);
  lost.set(samples.subarray(0, count - 1), 1);
  const gained = samples.slice(m - 1, m - 1 + count);
  return { lost, gained, usable: Float64Array.from(kinds, (kind) => (kind === UNUSABLE ? Number.NaN : 0)) };
}

/** Samples of the rows on the level of the columns: each series has had a mean of its own subtracted. */
export function onLevelOf(columns: Windows, rows: Windows): Float64Array {
  const shift = rows.shift - columns.shift;
  return shift === 0 ? rows.samples : rows.samples.map((sample) => sample + shift);
}

/** Squared distance of the `m` samples from `i` on to those from `j` on. */
export function squaredDistance(m: number, a: Float64Array, i: number, b: Float64Array, j: number): number {
  let squares = 0;
  for (let t = 0; t < m; t++) {
    const difference = a[i + t]! - b[j + t]!;
    squares += difference * difference;
  }
  return squares;
}

/** The `k` best neighbours by Euclidean distance of the samples as they are; the score is the squared distance, negated. */
export class PlainSweep extends DiagonalSweep {
  private readonly levelled: Float64Array;
  private readonly rowSteps: PlainSteps;
  private readonly columnSteps: PlainSteps;

  constructor(rows: Windows, columns: Windows, k: number) {
    super(rows, columns, k);
    this.levelled = onLevelOf(columns, rows);
    this.rowSteps = plainStepsOf(rows, this.levelled);
    this.columnSteps = plainStepsOf(columns, columns.samples);
  }

  protected override stretch(from: number, to: number, diagonal: number): void {
    const { rows, columns, best } = this;
    const { lost: lostA, gained: gainedA, usable: usableA } = this.rowSteps;
    const { lost: lostB, gained: gainedB, usable: usableB } = this.columnSteps;
    const floorA = best.rows.floors;
    const floorB = best.columns.floors;
    let squares = squaredDistance(rows.m, this.levelled, from, columns.samples, from + diagonal);
    for (let i = from, j = from + diagonal; i < to; i++, j++) {
      if (i > from) {
        const gained = gainedA[i]! - gainedB[j]!;
        const lost = lostA[i]! - lostB[j]!;
        squares += gained * gained - lost * lost;
      }
      const score = usableA[i]! + usableB[j]! - Math.max(0, squares);
      if (score >= floorA[i]!) best.rows.offer(i, score, j);
      if (score >= floorB[j]!) best.columns.offer(j, score, i);
    }
  }
}
