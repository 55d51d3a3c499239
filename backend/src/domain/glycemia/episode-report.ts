import { EPISODE_RULES, type EpisodeSpan, episodesOf, extendedHyperglycemia, without } from './episodes.js';
import { meanOf } from './numeric.js';
import type { GlucoseTargets } from './targets.js';
import type { Timeline } from './timeline.js';

export const EPISODE_TYPES = [
  'hypoLevel1',
  'hypoLevel1Exclusive',
  'hypoLevel2',
  'hypoExtended',
  'hyperLevel1',
  'hyperLevel1Exclusive',
  'hyperLevel2',
  'hyperExtended',
] as const;
export type EpisodeType = (typeof EPISODE_TYPES)[number];

/** One episode. A `truncated` one was cut by a gap in the data or by their end. */
export interface Episode {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMinutes: number;
  readonly meanMgdl: number;
  /** The lowest value of a low episode, the highest of a high one. */
  readonly extremeMgdl: number;
  readonly truncated: boolean;
}

/** The episodes of one type; rates are per monitored day and week, `null` where nothing was monitored. */
export interface EpisodeSummary {
  readonly count: number | null;
  readonly perDay: number | null;
  readonly perWeek: number | null;
  readonly meanDurationMinutes: number | null;
  readonly totalMinutes: number | null;
  readonly meanMgdl: number | null;
  readonly list: readonly Episode[];
}

/** Every episode of a timeline by type. Level 1 includes level 2; `Exclusive` leaves out what reached level 2. */
export function episodeSpans(timeline: Timeline, targets: GlucoseTargets): Record<EpisodeType, EpisodeSpan[]> {
  const hypoLevel1 = episodesOf(timeline, EPISODE_RULES.hypoLevel1(targets));
  const hypoLevel2 = episodesOf(timeline, EPISODE_RULES.hypoLevel2());
  const hyperLevel1 = episodesOf(timeline, EPISODE_RULES.hyperLevel1(targets));
  const hyperLevel2 = episodesOf(timeline, EPISODE_RULES.hyperLevel2());
  return {
    hypoLevel1,
    hypoLevel1Exclusive: without(hypoLevel1, hypoLevel2),
    hypoLevel2,
    hypoExtended: episodesOf(timeline, EPISODE_RULES.hypoExtended(targets)),
    hyperLevel1,
    hyperLevel1Exclusive: without(hyperLevel1, hyperLevel2),
    hyperLevel2,
    hyperExtended: extendedHyperglycemia(timeline),
  };
}

/** Days during which the sensor was read, from the time its samples stand for. */
export const monitoredDays = (timeline: Timeline): number =>
  timeline.coverSeconds.reduce((sum, seconds) => sum + seconds, 0) / 86_400;

/** Rates, durations and the list of every type of episode. */
export function episodeReport(timeline: Timeline, targets: GlucoseTargets): Record<EpisodeType, EpisodeSummary> {
  const spans = episodeSpans(timeline, targets);
  const days = monitoredDays(timeline);
  const summarise = (type: EpisodeType): EpisodeSummary =>
    summary(timeline, spans[type], days, type.startsWith('hypo'));
  return {
    hypoLevel1: summarise('hypoLevel1'),
    hypoLevel1Exclusive: summarise('hypoLevel1Exclusive'),
    hypoLevel2: summarise('hypoLevel2'),
    hypoExtended: summarise('hypoExtended'),
    hyperLevel1: summarise('hyperLevel1'),
    hyperLevel1Exclusive: summarise('hyperLevel1Exclusive'),
    hyperLevel2: summarise('hyperLevel2'),
    hyperExtended: summarise('hyperExtended'),
  };
}

function summary(timeline: Timeline, spans: readonly EpisodeSpan[], days: number, isLow: boolean): EpisodeSummary {
  const list = spans.map((span) => describe(timeline, span, isLow));
  const totalMinutes = list.reduce((sum, episode) => sum + episode.durationMinutes, 0);
  const wasMonitored = days > 0;
  return {
    count: wasMonitored ? list.length : null,
    perDay: wasMonitored ? list.length / days : null,
    perWeek: wasMonitored ? (7 * list.length) / days : null,
    meanDurationMinutes: list.length > 0 ? totalMinutes / list.length : null,
    totalMinutes: wasMonitored ? totalMinutes : null,
    meanMgdl: list.length > 0 ? meanOf(list.map((episode) => episode.meanMgdl)) : null,
    list,
  };
}

function describe(timeline: Timeline, span: EpisodeSpan, isLow: boolean): Episode {
  let extreme = timeline.mgdl[span.first] ?? Number.NaN;
  for (let i = span.first; i <= span.last; i++) {
    const value = timeline.mgdl[i] ?? Number.NaN;
    if (isLow ? value < extreme : value > extreme) extreme = value;
  }
  return {
    startedAt: isoInstant(span.startedAt),
    endedAt: isoInstant(span.endedAt),
    durationMinutes: (span.endedAt - span.startedAt) / 60,
    meanMgdl: meanOf(timeline.mgdl, span.first, span.last + 1),
    extremeMgdl: extreme,
    truncated: span.truncated,
  };
}

/** ISO 8601 in UTC of seconds since the epoch. */
export const isoInstant = (seconds: number): string => new Date(seconds * 1000).toISOString();
