import { fallsAsUnderPressure } from '../../alerts/compression.js';
import { EPISODE_RULES, episodesOf } from '../../glycemia/episodes.js';
import { TARGETS } from '../../glycemia/targets.js';
import type { Timeline } from '../../glycemia/timeline.js';
import { SECONDS_PER_DAY } from '../../time/zone.js';

/** A quarter of an hour or more below 70 mg/dL (3.9 mmol/L). */
export interface Low {
  /** Samples `[first, last]`. */
  readonly first: number;
  readonly last: number;
  /** Seconds since the epoch, and the local day on which it began. */
  readonly from: number;
  readonly until: number;
  readonly day: number;
  /** Fell and came back as a reading does under pressure on the sensor, at whatever hour. */
  readonly likePressure: boolean;
}

/** A fall that the alerts' test misses by a sample is looked at once more. */
const LOOKED_AT_SECONDS = 10 * 60;
/** Released, a sensor is back within half an hour; who treats a low takes longer from its end on. */
const BACK_SECONDS = 30 * 60;
const BACK_MGDL = 25;

/** All lows of a record, ascending. */
export function lowsOf(timeline: Timeline): Low[] {
  return episodesOf(timeline, EPISODE_RULES.hypoLevel1(TARGETS.adult)).map(({ first, last, startedAt, endedAt }) => ({
    first,
    last,
    from: startedAt,
    until: endedAt,
    day: Math.floor((timeline.wallClock[first] ?? 0) / SECONDS_PER_DAY),
    likePressure: fallsSo(timeline, first, last) && comesBackSo(timeline, last),
  }));
}

function fallsSo({ series }: Timeline, first: number, last: number): boolean {
  const until = (series.instants[first] ?? 0) + LOOKED_AT_SECONDS;
  for (let i = first; i <= last && (series.instants[i] ?? 0) <= until; i++) {
    if (fallsAsUnderPressure(series, i)) return true;
  }
  return false;
}

function comesBackSo({ series: { instants }, mgdl }: Timeline, last: number): boolean {
  const until = (instants[last] ?? 0) + BACK_SECONDS;
  for (let i = last + 1; i < instants.length && (instants[i] ?? 0) <= until; i++) {
    if ((mgdl[i] ?? 0) >= (mgdl[last] ?? 0) + BACK_MGDL) return true;
  }
  return false;
}
