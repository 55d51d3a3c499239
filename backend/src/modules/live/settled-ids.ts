/** How far transactions had come at one look at the outbox. */
export interface Progress {
  /** Every transaction with a lower id has ended. */
  readonly endedBelow: bigint;
  /** An id of which is known that it was given out after the look began; `null` where it was not asked for. */
  readonly given: bigint | null;
}

/** Numbers that were given out and have not turned up, both ends included. */
export interface Gap {
  readonly first: number;
  readonly last: number;
  /** Whoever holds one of them had its transaction id before this one; `null` while that is not known. */
  readonly takenBefore: bigint | null;
}

/**
 * Numbers of a sequence are given out in order and become visible in any order, or never. This keeps account of which
 * have not turned up yet, so that what is visible can be passed on at once, whatever else is being written, and it is
 * still known up to which number nothing more can come: `settled`.
 */
export class SettledIds {
  private open: readonly Gap[];

  /** @param newest everything up to here has been seen or is settled, but for the gaps */
  constructor(
    private newest: number,
    gaps: readonly Gap[] = [],
  ) {
    this.open = gaps;
  }

  /** The greatest number that was seen. */
  get last(): number {
    return this.newest;
  }

  /** No number up to this one will turn up any more. Never decreases. */
  get settled(): number {
    return (this.open[0]?.first ?? this.newest + 1) - 1;
  }

  /** Where numbers may still turn up besides after `last`, ascending. */
  get gaps(): readonly Gap[] {
    return this.open;
  }

  /** Takes in the numbers that one look found in the gaps and after `last`. */
  see(ids: readonly number[], { endedBelow, given }: Progress): void {
    const found = [...ids].sort((a, b) => a - b);
    const newest = Math.max(this.newest, found.at(-1) ?? 0);
    // Whoever had a number in such a gap has ended by now, and this look would have shown it.
    const waiting = this.open.filter(({ takenBefore }) => takenBefore === null || takenBefore > endedBelow);
    const ahead: Gap = { first: this.newest + 1, last: newest, takenBefore: null };
    this.open = [...waiting, ahead]
      .flatMap((gap) => without(gap, found))
      .map((gap) => (gap.takenBefore === null ? { ...gap, takenBefore: given } : gap));
    this.newest = newest;
  }
}

/** What is left of a gap once some numbers, ascending, were found. */
function without(gap: Gap, found: readonly number[]): Gap[] {
  const left: Gap[] = [];
  let first = gap.first;
  for (const id of found) {
    if (id < gap.first || id > gap.last) continue;
    if (id > first) left.push({ ...gap, first, last: id - 1 });
    first = id + 1;
  }
  if (first <= gap.last) left.push({ ...gap, first });
  return left;
}
