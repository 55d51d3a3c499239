import type { GlucoseSeries } from '../glycemia/series.js';
import type { ZoneHistory } from '../time/zone-history.js';
import { type Sounding, soundingsOf } from './arbitration.js';
import { looksLikeCompression } from './compression.js';
import { type AlertEpisode, LONGEST_EPISODE_SECONDS } from './episode.js';
import { evidenceAt } from './evidence.js';
import { DATA_ENDED_SECONDS, episodesOfRule } from './episodes-of-rule.js';
import type { Forecaster } from './forecast.js';
import type { SampleRuleCode } from './rule.js';
import { SAMPLE_RULES } from './rules/index.js';
import { type Outage, silenceAfter } from './rules/no-data.js';
import { settingsAt, type SettingsHistory } from './settings-history.js';

/** A device clock may run this much ahead; a sample further ahead waits until its time has come. */
const AHEAD_SECONDS = 60;

export interface EvaluationInput {
  /** The canonical series; samples before `quietAt` are looked back at and not judged again. */
  readonly series: GlucoseSeries;
  /** A sample after which every rule was at rest, as an earlier evaluation found it; `null` judges from the first sample. */
  readonly quietAt: number | null;
  readonly settings: SettingsHistory;
  readonly zones: ZoneHistory;
  readonly outages: readonly Outage[];
  readonly forecaster: Forecaster;
  readonly now: number;
}

export interface Evaluation {
  /** Those that opened after `quietAt`, ascending by opening. */
  readonly episodes: readonly AlertEpisode[];
  readonly soundings: readonly Sounding[];
  /** The last sample after which every rule is at rest; `null` where there is none. */
  readonly quietAt: number | null;
  /** When the passing of time alone would give another answer; `null` where it would not. */
  readonly nextAt: number | null;
}

const CODES = Object.keys(SAMPLE_RULES) as SampleRuleCode[];

/**
 * The alerts of one person. The same series, settings and zones give the same episodes whenever, in whatever pieces and in
 * whatever order the samples came in.
 */
export function evaluate(input: EvaluationInput): Evaluation {
  const { series, quietAt, zones, outages, forecaster, now } = input;
  const { instants } = series;
  const from = quietAt === null ? 0 : indexAfter(instants, quietAt);
  const to = indexAfter(instants, now + AHEAD_SECONDS);
  const at = settingsAt(input.settings, zones);
  const busy = new Uint8Array(to);
  const settingsChanges = input.settings
    .map((version) => version.from)
    .filter((change) => change <= now && change > -Infinity);
  const judged = { series, from, to, settingsAt: at, settingsChanges, forecaster, now };
  const episodes: AlertEpisode[] = CODES.flatMap((code) =>
    episodesOfRule(code, judged, busy).map(({ openIndex, episode }) => ({
      ...episode,
      suspectedCompression: looksLikeCompression(code, series, openIndex, zones),
      evidence: evidenceAt(series, openIndex, forecaster, at(episode.openedAt)[code]),
    })),
  );
  // A choice may carry the time of a clock that is slightly ahead: it is looked at when its time has come.
  const changes = input.settings.map((version) => version.from);
  if (to < instants.length) changes.push(instants[to] ?? 0);
  for (const { closedAt, openedAt } of episodes) {
    if (closedAt !== null) continue;
    changes.push((instants[to - 1] ?? 0) + DATA_ENDED_SECONDS, openedAt + LONGEST_EPISODE_SECONDS);
  }
  // The silence after the sample at rest belongs to what may still change.
  for (let index = Math.max(0, from - 1); index < to; index++) {
    const next = index + 1 < to ? (instants[index + 1] ?? 0) : null;
    const silence = silenceAfter(instants[index] ?? 0, next, {
      settingsAt: at,
      changes: settingsChanges,
      outages,
      now,
    });
    for (const episode of silence.episodes) {
      const evidence = evidenceAt(series, index, forecaster, at(episode.openedAt)['no-data']);
      episodes.push({ ...episode, suspectedCompression: false, evidence });
    }
    if (silence.changesAt !== null) changes.push(silence.changesAt);
  }
  episodes.sort((a, b) => a.openedAt - b.openedAt);
  const future = changes.filter((change) => change > now);
  return {
    episodes,
    soundings: soundingsOf(episodes),
    quietAt: lastQuiet(instants, busy, from, to) ?? quietAt,
    nextAt: future.length === 0 ? null : Math.min(...future),
  };
}

function lastQuiet(instants: Float64Array, busy: Uint8Array, from: number, to: number): number | null {
  for (let index = to - 1; index >= from; index--) if (busy[index] === 0) return instants[index] ?? null;
  return null;
}

/** The number of instants at or before one. */
function indexAfter(instants: Float64Array, instant: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
