import { FLAG_CODES, type RaisedFlag } from './flags.js';

const rankOf = (flag: RaisedFlag | undefined): number => (flag ? FLAG_CODES.indexOf(flag.code) : FLAG_CODES.length);

/** How far a share lies on the wrong side: more is worse, except for time in range and wear, where less is. */
const badness = ({ code, percent }: RaisedFlag): number =>
  code === 'range' || code === 'wear' ? -(percent ?? 0) : (percent ?? 0);

/**
 * Orders two people, the more urgent first: by their gravest flag, then by how bad it is, then by the next flag. Zero
 * leaves the order to the caller.
 */
export function compareUrgency(a: readonly RaisedFlag[], b: readonly RaisedFlag[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const first = a[i];
    const second = b[i];
    const byRank = rankOf(first) - rankOf(second);
    if (byRank !== 0 || !first || !second) return byRank;
    const byBadness = badness(second) - badness(first);
    if (byBadness !== 0) return byBadness;
  }
  return 0;
}
