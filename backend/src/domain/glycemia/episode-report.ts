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
  readonly type: EpisodeType;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMinutes: number;
  readonly meanMgdl: number;
  /** The lowest value of a low episode, the highest of a high one. */
  readonly extremeMgdl: number;
  readonly truncated: boolean;
}

/** The episodes of one type; rates are per monitored day and week. */
export interface EpisodeSummary {
  readonly type: EpisodeType;
  readonly count: number;
  readonly perDay: number;
  readonly perWeek: number;
  readonly meanDurationMinutes: number | null;
  readonly totalMinutes: number;
  readonly meanMgdl: number | null;
}

/** Every type with its rates, and every episode ascending by its start; both empty where nothing was monitored. */
export interface EpisodeReport {
  readonly summary: readonly EpisodeSummary[];
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
  timeline.days.reduce((sum, slice) => sum + slice.coveredSeconds, 0) / 86_400;

/** Rates, durations and the list of the episodes of a timeline. */
export function episodeReport(timeline: Timeline, targets: GlucoseTargets): EpisodeReport {
  const days = monitoredDays(timeline);
  if (days === 0) return { summary: [], list: [] };
  const spans = episodeSpans(timeline, targets);
  // An episode of level 1 that is also an exclusive one is described once.
  const described = new Map<EpisodeSpan, Omit<Episode, 'type'>>();
  const byType = EPISODE_TYPES.map((type) => ({
    type,
    list: spans[type].map((span): Episode => {
      let words = described.get(span);
      if (!words) described.set(span, (words = describe(timeline, type.startsWith('hypo'), span)));
      return { type, ...words };
    }),
  }));
  return {
    summary: byType.map(({ type, list }) => summaryOf(type, list, days)),
    list: byType
      .flatMap(({ list }) => list)
      .sort((a, b) => (a.startedAt < b.startedAt ? -1 : Number(a.startedAt > b.startedAt))),
  };
}

function summaryOf(type: EpisodeType, list: readonly Episode[], days: number): EpisodeSummary {
  const totalMinutes = list.reduce((sum, episode) => sum + episode.durationMinutes, 0);
  return {
    type,
    count: list.length,
    perDay: list.length / days,
    perWeek: (7 * list.length) / days,
    meanDurationMinutes: list.length > 0 ? totalMinutes / list.length : null,
    totalMinutes,
    meanMgdl: list.length > 0 ? meanOf(list.map((episode) => episode.meanMgdl)) : null,
  };
}

function describe(timeline: Timeline, isLow: boolean, span: EpisodeSpan): Omit<Episode, 'type'> {
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
