import { type GlucoseTargets, THRESHOLDS, type Threshold } from './targets.js';
import type { Timeline } from './timeline.js';
import { FLAG_MMOL } from './units.js';

/** What begins and ends an episode. */
export interface EpisodeRule {
  readonly side: 'low' | 'high';
  readonly threshold: Threshold;
  /** Minutes beyond the threshold that begin an episode. */
  readonly startMinutes: number;
  /** True where the minutes must be exceeded rather than reached. */
  readonly startIsExclusive: boolean;
  /** Minutes back at or inside the threshold that end it. */
  readonly endMinutes: number;
}

/** Samples `[first, last]` of an episode. A gap or the end of the data may have cut it: then it is `truncated`. */
export interface EpisodeSpan {
  readonly first: number;
  readonly last: number;
  /** Seconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly truncated: boolean;
}

const rule = (side: 'low' | 'high', threshold: Threshold): EpisodeRule => ({
  side,
  threshold,
  startMinutes: 15,
  startIsExclusive: false,
  endMinutes: 15,
});

/**
 * Rules of the consensus on CGM in trials (Battelino 2023, 10.1016/S2213-8587(22)00319-9): an event takes 15 minutes
 * beyond the threshold and ends with 15 minutes back; extended hypoglycaemia lasts more than 120 minutes.
 */
export const EPISODE_RULES = {
  hypoLevel1: (targets: GlucoseTargets) => rule('low', targets.low),
  hypoLevel2: () => rule('low', THRESHOLDS[54]),
  hypoExtended: (targets: GlucoseTargets) => ({
    ...rule('low', targets.low),
    startMinutes: 120,
    startIsExclusive: true,
  }),
  hyperLevel1: (targets: GlucoseTargets) => rule('high', targets.high),
  hyperLevel2: () => rule('high', THRESHOLDS[250]),
} as const;

/** Which samples lie beyond a threshold, judged in their native unit. */
export function beyond({ series, count }: Timeline, side: 'low' | 'high', at: Threshold): Uint8Array {
  const { tenths, flags } = series;
  const { mgdlTenths, mmolTenths } = at;
  const flagged = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const value = tenths[i] ?? 0;
    const limit = ((flags[i] ?? 0) & FLAG_MMOL) === 0 ? mgdlTenths : mmolTenths;
    if (side === 'low' ? value < limit : value > limit) flagged[i] = 1;
  }
  return flagged;
}

/** The episodes of one rule, ascending. Short recoveries stay inside; each sample stands for its sampling interval. */
export function episodesOf(timeline: Timeline, by: EpisodeRule): EpisodeSpan[] {
  const flagged = beyond(timeline, by.side, by.threshold);
  const begins = (minutes: number): boolean =>
    by.startIsExclusive ? minutes > by.startMinutes : minutes >= by.startMinutes;
  const found: EpisodeSpan[] = [];
  for (const [from, to] of timeline.stretches) {
    let begin = -1;
    let run = from;
    for (let i = from; i < to; i++) {
      // Nothing to decide while an episode goes on, nor while there is none: on to where that changes.
      const expected = begin >= 0 ? 1 : 0;
      if (flagged[i] === expected) {
        const change = flagged.indexOf(1 - expected, i);
        if (change < 0 || change >= to) break;
        i = run = change;
      } else if (flagged[i] !== flagged[run]) run = i;
      const minutes = wholeMinutes(endOf(timeline, i) - startOf(timeline, run));
      if (begin < 0) begin = begins(minutes) ? run : -1;
      else if (minutes >= by.endMinutes) {
        found.push(spanOf(timeline, begin, run - 1, startOf(timeline, run), false));
        begin = -1;
      }
    }
    if (begin >= 0) found.push(spanOf(timeline, begin, to - 1, endOf(timeline, to - 1), true));
  }
  return found;
}

const EXTENDED_WINDOW_SECONDS = 120 * 60;
const EXTENDED_MINUTES = 90;
const RECOVERY_MINUTES = 15;

/**
 * Extended hyperglycaemia (Battelino 2023): at least 90 minutes above 250 mg/dL within 120 minutes, over when glucose was
 * at or below 180 mg/dL for 15 minutes.
 */
export function extendedHyperglycemia(timeline: Timeline): EpisodeSpan[] {
  const above = beyond(timeline, 'high', THRESHOLDS[250]);
  const unrecovered = beyond(timeline, 'high', THRESHOLDS[180]);
  const cover = (i: number): number => (above[i] === 1 ? (timeline.coverSeconds[i] ?? 0) : 0);
  const found: EpisodeSpan[] = [];
  for (const [from, to] of timeline.stretches) {
    let begin = -1;
    let windowStart = from;
    let seconds = 0;
    let run = from;
    for (let i = from; i < to; i++) {
      if (unrecovered[i] !== unrecovered[run]) run = i;
      if (begin < 0) {
        seconds += cover(i);
        const horizon = endOf(timeline, i) - EXTENDED_WINDOW_SECONDS - 30;
        while (windowStart < i && startOf(timeline, windowStart) < horizon) seconds -= cover(windowStart++);
        while (windowStart < i && above[windowStart] === 0) windowStart++;
        if (wholeMinutes(seconds) >= EXTENDED_MINUTES) begin = windowStart;
      } else if (
        unrecovered[i] === 0 &&
        wholeMinutes(endOf(timeline, i) - startOf(timeline, run)) >= RECOVERY_MINUTES
      ) {
        found.push(spanOf(timeline, begin, run - 1, startOf(timeline, run), false));
        begin = -1;
        windowStart = i + 1;
        seconds = 0;
      }
    }
    if (begin >= 0) found.push(spanOf(timeline, begin, to - 1, endOf(timeline, to - 1), true));
  }
  return found;
}

/** The episodes during which none of the graver ones began or went on. */
export const without = (episodes: readonly EpisodeSpan[], graver: readonly EpisodeSpan[]): EpisodeSpan[] =>
  episodes.filter((one) => !graver.some((other) => other.first <= one.last && other.last >= one.first));

/** Sensors are some seconds early or late: durations are judged in whole minutes. */
const wholeMinutes = (seconds: number): number => Math.round(seconds / 60);

const startOf = (timeline: Timeline, i: number): number => timeline.series.instants[i] ?? 0;
const endOf = (timeline: Timeline, i: number): number => startOf(timeline, i) + (timeline.coverSeconds[i] ?? 0);

const spanOf = (timeline: Timeline, first: number, last: number, endedAt: number, truncated: boolean): EpisodeSpan => ({
  first,
  last,
  startedAt: startOf(timeline, first),
  endedAt,
  truncated,
});
