import type { StoredReading } from './reading.js';

/** A valid row of a request, at its place there. */
export interface IncomingReading extends StoredReading {
  readonly index: number;
}

export interface Merged {
  /** New readings, ascending. */
  readonly added: readonly IncomingReading[];
  readonly known: number;
  /** Rows of the request that contradict what was reported first. */
  readonly conflicts: readonly number[];
}

/** Source ids stay below this, see `MAX_SOURCES`. */
const SOURCE_ID_LIMIT = 128;

const identityOf = (reading: StoredReading): number => reading.at * SOURCE_ID_LIMIT + reading.source;

/** Sorts the rows of a request into new, known and contradicting ones; within a request too the first report stands. */
export function merge(stored: readonly StoredReading[], incoming: readonly IncomingReading[]): Merged {
  const first = new Map<number, StoredReading>(stored.map((reading) => [identityOf(reading), reading]));
  const added: IncomingReading[] = [];
  const conflicts: number[] = [];
  let known = 0;
  for (const reading of incoming) {
    const identity = identityOf(reading);
    const earlier = first.get(identity);
    if (!earlier) {
      first.set(identity, reading);
      added.push(reading);
    } else if (earlier.tenths === reading.tenths && earlier.flags === reading.flags) known++;
    else conflicts.push(reading.index);
  }
  added.sort((a, b) => a.at - b.at || a.source - b.source);
  return { added, known, conflicts };
}
