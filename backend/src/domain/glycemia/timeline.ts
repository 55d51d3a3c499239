import type { ZoneHistory } from '../time/zone-history.js';
import { SECONDS_PER_DAY } from '../time/zone.js';
import { GAP_MINUTES, medianStepMinutes } from './grid.js';
import { roundHalfEven } from './numeric.js';
import { type OffsetSpan, offsetSpans, wallClocks } from './offset-spans.js';
import { firstAtOrAfter, type GlucoseSeries } from './series.js';
import { mgdlOf } from './units.js';

const DEFAULT_INTERVAL_SECONDS = 300;
const LONGEST_INTERVAL_SECONDS = 900;

/** The samples `[start, end)` of one local day. */
export interface DaySlice {
  readonly day: number;
  readonly start: number;
  readonly end: number;
  readonly intervalSeconds: number;
  readonly coveredSeconds: number;
}

/** A series laid out in the person's own time, with every column that the metrics share. */
export interface Timeline {
  readonly series: GlucoseSeries;
  readonly count: number;
  readonly mgdl: Float64Array;
  /** Seconds since the epoch as the person's clock showed them. */
  readonly wallClock: Float64Array;
  /** Seconds for which each sample stands. */
  readonly coverSeconds: Float64Array;
  readonly days: readonly DaySlice[];
  /** Samples `[from, to)` that no gap of more than 45 minutes interrupts. */
  readonly stretches: ReadonlyArray<readonly [from: number, to: number]>;
  /** From a day before the first sample to three days after the last. */
  readonly spans: readonly OffsetSpan[];
}

/**
 * Seconds between two readings of the sensor worn: the median step in whole minutes, between 1 and 15 minutes; five
 * where there are fewer than two readings.
 */
export function samplingIntervalSeconds(instants: Float64Array): number {
  const median = medianStepMinutes(instants);
  if (Number.isNaN(median)) return DEFAULT_INTERVAL_SECONDS;
  return Math.min(LONGEST_INTERVAL_SECONDS, Math.max(60, roundHalfEven(median) * 60));
}

/**
 * Seconds for which each of one day's samples stands: the sampling interval, but never past the next sample. The last
 * sample of the day keeps its whole interval, so that days add up whatever the phase of the sensor.
 */
export function coverage(instants: Float64Array, intervalSeconds: number): Float64Array {
  const cover = new Float64Array(instants.length).fill(intervalSeconds);
  for (let i = 0; i + 1 < instants.length; i++) {
    cover[i] = Math.min(intervalSeconds, (instants[i + 1] ?? 0) - (instants[i] ?? 0));
  }
  return cover;
}

/** Lays a series out in local days. */
export function timelineOf(series: GlucoseSeries, history: ZoneHistory): Timeline {
  const { instants } = series;
  const count = instants.length;
  const first = instants[0] ?? 0;
  const last = instants.at(-1) ?? 0;
  const spans = count === 0 ? [] : offsetSpans(history, first - SECONDS_PER_DAY, last + 3 * SECONDS_PER_DAY);
  const wallClock = wallClocks(spans, instants);
  const coverSeconds = new Float64Array(count);
  const days: DaySlice[] = [];
  for (let start = 0; start < count;) {
    const day = Math.floor((wallClock[start] ?? 0) / SECONDS_PER_DAY);
    const end = endOfDay(wallClock, start, day);
    const slice = instants.subarray(start, end);
    const intervalSeconds = samplingIntervalSeconds(slice);
    const cover = coverage(slice, intervalSeconds);
    coverSeconds.set(cover, start);
    days.push({ day, start, end, intervalSeconds, coveredSeconds: sumOf(cover) });
    start = end;
  }
  const mgdl = new Float64Array(count);
  for (let i = 0; i < count; i++) mgdl[i] = mgdlOf(series.tenths[i] ?? 0, series.flags[i] ?? 0);
  return { series, count, mgdl, wallClock, coverSeconds, days, spans, stretches: stretchesOf(instants) };
}

function endOfDay(wallClock: Float64Array, start: number, day: number): number {
  const midnight = day * SECONDS_PER_DAY;
  let end = start + 1;
  for (; end < wallClock.length; end++) {
    const second = (wallClock[end] ?? 0) - midnight;
    if (second < 0 || second >= SECONDS_PER_DAY) break;
  }
  return end;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum;
}

function stretchesOf(instants: Float64Array): Array<readonly [from: number, to: number]> {
  const found: Array<readonly [number, number]> = [];
  let from = 0;
  for (let i = 1; i <= instants.length; i++) {
    const isCut = i === instants.length || (instants[i] ?? 0) - (instants[i - 1] ?? 0) > GAP_MINUTES * 60;
    if (!isCut) continue;
    found.push([from, i]);
    from = i;
  }
  return found;
}

/** The samples of a series within `[from, to)`, seconds since the epoch. */
export function sliceSeries(series: GlucoseSeries, from: number, to: number): GlucoseSeries {
  const start = firstAtOrAfter(series.instants, from);
  const end = firstAtOrAfter(series.instants, to);
  return {
    instants: series.instants.subarray(start, end),
    tenths: series.tenths.subarray(start, end),
    flags: series.flags.subarray(start, end),
  };
}
