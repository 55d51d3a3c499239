import type { ZoneHistory } from '../time/zone-history.js';
import { offsetSeconds, SECONDS_PER_DAY } from '../time/zone.js';

/** A stretch of time in which the person's clock kept one distance to UTC: `[from, until)`, seconds since the epoch. */
export interface OffsetSpan {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/**
 * The offsets of the person's clock from `from` to `until`, ascending and without holes. Asking the zone once per UTC day
 * keeps a 90-day series at some 90 look-ups instead of one per reading.
 */
export function offsetSpans(history: ZoneHistory, from: number, until: number): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  for (const [index, change] of history.entries()) {
    const start = index === 0 ? from : Math.max(change.from, from);
    const end = Math.min(history[index + 1]?.from ?? Number.POSITIVE_INFINITY, until);
    for (let at = start; at < end;) {
      const offset = offsetSeconds(change.zone, at);
      const changesAt = nextChange(change.zone, at, end);
      append(spans, { from: at, until: changesAt, offset });
      at = changesAt;
    }
  }
  return spans;
}

function append(spans: OffsetSpan[], span: OffsetSpan): void {
  const last = spans.at(-1);
  if (last && last.offset === span.offset) spans[spans.length - 1] = { ...last, until: span.until };
  else spans.push(span);
}

function nextChange(zone: string, from: number, end: number): number {
  const offset = offsetSeconds(zone, from);
  for (let at = from; at < end;) {
    const midnight = Math.min((Math.floor(at / SECONDS_PER_DAY) + 1) * SECONDS_PER_DAY, end);
    if (offsetSeconds(zone, midnight) !== offset) return firstWithOtherOffset(zone, offset, at, midnight);
    at = midnight;
  }
  return end;
}

function firstWithOtherOffset(zone: string, offset: number, same: number, other: number): number {
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetSeconds(zone, middle) === offset) same = middle;
    else other = middle;
  }
  return other;
}

/** What the person's clock showed at each of some ascending instants, as seconds since the epoch read as if UTC. */
export function wallClocks(spans: readonly OffsetSpan[], instants: Float64Array): Float64Array {
  const walls = new Float64Array(instants.length);
  let at = 0;
  for (let i = 0; i < instants.length; i++) {
    const instant = instants[i] ?? 0;
    while (at < spans.length - 1 && instant >= (spans[at]?.until ?? 0)) at++;
    walls[i] = instant + (spans[at]?.offset ?? 0);
  }
  return walls;
}
