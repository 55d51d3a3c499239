import { type AlertEpisode, type ClosedBy, LONGEST_EPISODE_SECONDS, type SeverityChange } from './episode.js';
import type { Forecaster } from './forecast.js';
import type { GlucoseSeries } from '../glycemia/series.js';
import { SAMPLE_RULES } from './rules/index.js';
import type { SampleRuleCode } from './rule.js';
import type { SettingsAt } from './settings-history.js';
import { isGraver } from './severity.js';

/** Silence after which nothing can be said to have gone on. */
const STRETCH_GAP_SECONDS = 30 * 60;
/** Silence after which an alert about a value is over, since nobody knows the value. */
export const DATA_ENDED_SECONDS = 60 * 60;

/** Samples `[from, to)` of a series, the first of which finds every rule at rest. */
export interface SamplesToJudge {
  readonly series: GlucoseSeries;
  readonly from: number;
  readonly to: number;
  readonly settingsAt: SettingsAt;
  readonly forecaster: Forecaster;
  readonly now: number;
}

interface OpenEpisode {
  readonly onsetAt: number;
  readonly openedAt: number;
  readonly openIndex: number;
  lastAt: number;
  clearSince: number | null;
  readonly severities: SeverityChange[];
}

/** An episode without what is known of its opening beside its time, and the index of the sample that opened it. */
export interface FoundEpisode {
  readonly openIndex: number;
  readonly episode: Omit<AlertEpisode, 'suspectedCompression' | 'evidence'>;
}

/**
 * The episodes of one rule, ascending. Sets `busy[i]` for every sample after which the rule is not at rest: from a sample
 * at which all rules are, a later judgement can begin.
 */
export function episodesOfRule<C extends SampleRuleCode>(
  code: C,
  { series, from, to, settingsAt, forecaster, now }: SamplesToJudge,
  busy: Uint8Array,
): FoundEpisode[] {
  const rule = SAMPLE_RULES[code];
  const found: FoundEpisode[] = [];
  let open: OpenEpisode | null = null;
  let raisedSince: number | null = null;
  let isSpent = false;

  const close = (episode: OpenEpisode, closedAt: number | null, closedBy: ClosedBy | null): void => {
    const { onsetAt, openedAt, openIndex, lastAt, severities } = episode;
    found.push({
      openIndex,
      episode: { rule: code, onsetAt, openedAt, lastAt, closedAt, closedBy, severities },
    });
    open = null;
  };

  for (let index = from; index < to; index++) {
    const at = series.instants[index] ?? 0;
    const before = index > from ? (series.instants[index - 1] ?? 0) : at;
    if (at - before > STRETCH_GAP_SECONDS) {
      raisedSince = null;
      if (open) open.clearSince = null;
    }
    if (open && at - before > DATA_ENDED_SECONDS) close(open, before + DATA_ENDED_SECONDS, 'data-ended');
    if (open && at - open.openedAt >= LONGEST_EPISODE_SECONDS) {
      close(open, open.openedAt + LONGEST_EPISODE_SECONDS, 'expired');
      isSpent = true;
      raisedSince = null;
    }
    const settings = settingsAt(at)[code];
    if (!settings.enabled) {
      if (open) close(open, at, 'turned-off');
      raisedSince = null;
      isSpent = false;
      continue;
    }
    const phase = rule.judge({ series, index, forecaster }, settings);
    if (phase === 'clear') isSpent = false;
    if (!isSpent && phase === 'raised') raisedSince ??= at;
    if (phase !== 'raised') raisedSince = null;

    if (open) {
      if (phase === 'clear') {
        open.clearSince ??= at;
        if (at - open.clearSince >= rule.clearMinutes * 60) close(open, at, 'recovered');
      } else {
        open.clearSince = null;
        open.lastAt = at;
        const severity = rule.severity((at - open.openedAt) / 60);
        if (isGraver(severity, open.severities.at(-1)?.severity ?? severity)) open.severities.push({ at, severity });
      }
    } else if (raisedSince !== null && at - raisedSince >= rule.sustainMinutes(settings) * 60) {
      const severities = [{ at, severity: rule.severity(0) }];
      open = { onsetAt: raisedSince, openedAt: at, openIndex: index, lastAt: at, clearSince: null, severities };
    }
    if (open !== null || raisedSince !== null || isSpent) busy[index] = 1;
  }
  if (open) endOfData(open, series.instants[to - 1] ?? 0, now, close);
  return found;
}

function endOfData(
  open: OpenEpisode,
  lastSampleAt: number,
  now: number,
  close: (episode: OpenEpisode, closedAt: number | null, closedBy: ClosedBy | null) => void,
): void {
  const dataEndedAt = lastSampleAt + DATA_ENDED_SECONDS;
  const expiresAt = open.openedAt + LONGEST_EPISODE_SECONDS;
  if (expiresAt <= now && expiresAt <= dataEndedAt) close(open, expiresAt, 'expired');
  else if (dataEndedAt <= now) close(open, dataEndedAt, 'data-ended');
  else close(open, null, null);
}
