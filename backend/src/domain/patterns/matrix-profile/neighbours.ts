/** Scores that no comparison gives: correlations end at -1, squared distances (negated) are finite. */
const NONE = -Infinity;

/**
 * The `k` best neighbours of every window, best first. Of equal scores the nearer in time is the better, so the result
 * does not depend on the order, or the thread, in which pairs are looked at.
 */
export class Neighbours {
  /** `count` x `k`, higher is better; `-Infinity` where there is none. */
  readonly scores: Float64Array;
  /** `count` x `k`; -1 where there is none. */
  readonly indices: Int32Array;
  /** The score to reach, per window. */
  readonly floors: Float64Array;

  constructor(
    readonly count: number,
    readonly k: number,
  ) {
    this.scores = new Float64Array(count * k).fill(NONE);
    this.indices = new Int32Array(count * k).fill(-1);
    this.floors = k === 1 ? this.scores : new Float64Array(count).fill(NONE);
  }

  /** Takes a neighbour in that reaches the floor, at its place. */
  offer(window: number, score: number, index: number): void {
    const { scores, indices, k } = this;
    const first = window * k;
    let place = first + k - 1;
    if (!this.isBetter(window, score, index, place)) return;
    while (place > first && this.isBetter(window, score, index, place - 1)) {
      scores[place] = scores[place - 1]!;
      indices[place] = indices[place - 1]!;
      place--;
    }
    scores[place] = score;
    indices[place] = index;
    if (k > 1) this.floors[window] = scores[first + k - 1]!;
  }

  /** Offers every neighbour that `other` has found for the same windows. */
  merge(other: Pick<Neighbours, 'k' | 'scores' | 'indices'>): void {
    for (let place = 0; place < other.indices.length; place++) {
      const index = other.indices[place]!;
      if (index >= 0) this.offer(Math.floor(place / other.k), other.scores[place]!, index);
    }
  }

  private isBetter(window: number, score: number, index: number, place: number): boolean {
    const held = this.indices[place]!;
    if (held < 0) return true;
    const heldScore = this.scores[place]!;
    if (score !== heldScore) return score > heldScore;
    const distance = Math.abs(index - window);
    const heldDistance = Math.abs(held - window);
    return distance < heldDistance || (distance === heldDistance && index < held);
  }
}
