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
/** A sample that is younger than this when settings change is judged by the new ones at that moment. */
const PRESENT_SECONDS = 15 * 60;

/** Samples `[from, to)` of a series, the first of which finds every rule at rest. */
export interface SamplesToJudge {
  readonly series: GlucoseSeries;
  readonly from: number;
  readonly to: number;
  readonly settingsAt: SettingsAt;
  /** When settings changed, ascending. */
  readonly settingsChanges: readonly number[];
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

/** How a rule stands after a judgement. */
interface RuleState {
  open: OpenEpisode | null;
  raisedSince: number | null;
  /** An episode has lasted as long as any may: the rule rests until it is clear once. */
  isSpent: boolean;
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
  { series, from, to, settingsAt, settingsChanges, forecaster, now }: SamplesToJudge,
  busy: Uint8Array,
): FoundEpisode[] {
  const rule = SAMPLE_RULES[code];
  const found: FoundEpisode[] = [];
  const state: RuleState = { open: null, raisedSince: null, isSpent: false };

  const close = (episode: OpenEpisode, closedAt: number | null, closedBy: ClosedBy | null): void => {
    const { onsetAt, openedAt, openIndex, lastAt, severities } = episode;
    found.push({
      openIndex,
      episode: { rule: code, onsetAt, openedAt, lastAt, closedAt, closedBy, severities },
    });
    state.open = null;
  };

  const judge = (index: number, at: number): void => {
    const settings = settingsAt(at)[code];
    if (!settings.enabled) {
      if (state.open) close(state.open, at, 'turned-off');
      state.raisedSince = null;
      state.isSpent = false;
      return;
    }
    const phase = rule.judge({ series, index, forecaster }, settings);
    if (phase === 'clear') state.isSpent = false;
    if (!state.isSpent && phase === 'raised') state.raisedSince ??= at;
    if (phase !== 'raised') state.raisedSince = null;

    if (state.open) {
      if (phase === 'clear') {
        state.open.clearSince ??= at;
        if (at - state.open.clearSince >= rule.clearMinutes * 60) close(state.open, at, 'recovered');
      } else {
        state.open.clearSince = null;
        state.open.lastAt = at;
        const severity = rule.severity((at - state.open.openedAt) / 60);
        if (isGraver(severity, state.open.severities.at(-1)?.severity ?? severity))
          state.open.severities.push({ at, severity });
      }
    } else if (state.raisedSince !== null && at - state.raisedSince >= rule.sustainMinutes(settings) * 60) {
      const severities = [{ at, severity: rule.severity(0) }];
      state.open = {
        onsetAt: state.raisedSince,
        openedAt: at,
        openIndex: index,
        lastAt: at,
        clearSince: null,
        severities,
      };
    }
  };

  /** What is present when settings change is judged by them at once. */
  const judgeAtChanges = (index: number): void => {
    const at = series.instants[index] ?? 0;
    const until = Math.min(index + 1 < to ? (series.instants[index + 1] ?? 0) : now + 1, at + PRESENT_SECONDS);
    for (const change of settingsChanges) if (change > at && change < until) judge(index, change);
  };

  if (from > 0 && from <= to) judgeAtChanges(from - 1);
  for (let index = from; index < to; index++) {
    const at = series.instants[index] ?? 0;
    const before = index > 0 ? (series.instants[index - 1] ?? 0) : at;
    if (at - before > STRETCH_GAP_SECONDS) {
      state.raisedSince = null;
      if (state.open) state.open.clearSince = null;
    }
    if (state.open && at - before > DATA_ENDED_SECONDS) close(state.open, before + DATA_ENDED_SECONDS, 'data-ended');
    if (state.open && at - state.open.openedAt >= LONGEST_EPISODE_SECONDS) {
      close(state.open, state.open.openedAt + LONGEST_EPISODE_SECONDS, 'expired');
      state.isSpent = true;
      state.raisedSince = null;
    }
    judge(index, at);
    judgeAtChanges(index);
    if (state.open !== null || state.raisedSince !== null || state.isSpent) busy[index] = 1;
  }
  if (state.open) endOfData(state.open, series.instants[to - 1] ?? 0, now, close);
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
