import { type AlertEpisode, LONGEST_EPISODE_SECONDS, type SeverityChange } from '../episode.js';
import type { SettingsAt } from '../settings-history.js';

/** A time in which GlucoLens itself was not running, so that no reading could have come in. Seconds since the epoch. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

type SilentEpisode = Omit<AlertEpisode, 'suspectedCompression' | 'evidence'>;

const WARNING_AFTER_SECONDS = 2 * 3600;

/** What a silence between two samples, or since the last one, amounts to. */
export interface Silence {
  /** Ascending. More than one only where the rule was turned off and on again meanwhile. */
  readonly episodes: readonly SilentEpisode[];
  /** When the passing of time alone would change this; `null` where it would not. */
  readonly changesAt: number | null;
}

interface SilenceContext {
  readonly settingsAt: SettingsAt;
  /** When settings changed, ascending. */
  readonly changes: readonly number[];
  readonly outages: readonly Outage[];
  readonly now: number;
}

/**
 * Silence after the sample at `since`, up to the next one, or to now where there is none. Minutes in which GlucoLens was
 * not running do not count. Settings that change meanwhile hold from that moment on: nothing opens before it by them, and
 * what is open stays open unless they turn it off.
 */
export function silenceAfter(since: number, next: number | null, context: SilenceContext): Silence {
  const { settingsAt, changes, outages, now } = context;
  const until = next ?? now;
  const within = changes.filter((change) => change > since && change < until);
  const episodes: SilentEpisode[] = [];
  let openedAt: number | null = null;
  let opensAt: number | null = null;
  for (const [index, from] of [since, ...within].entries()) {
    const to = within[index] ?? until;
    const settings = settingsAt(from)['no-data'];
    if (!settings.enabled) {
      if (openedAt !== null)
        episodes.push(silentEpisode(since, openedAt, from, { closedAt: from, closedBy: 'turned-off' }));
      openedAt = opensAt = null;
    } else if (openedAt === null) {
      opensAt = Math.max(from, listenedUntil(since, settings.afterMinutes * 60, outages));
      if (opensAt < to) openedAt = opensAt;
    }
  }
  if (openedAt === null) return { episodes, changesAt: next === null ? opensAt : null };
  const episode = silentEpisode(
    since,
    openedAt,
    until,
    next === null ? null : { closedAt: next, closedBy: 'data-arrived' },
  );
  const warnsAt = openedAt + WARNING_AFTER_SECONDS;
  return {
    episodes: [...episodes, episode],
    changesAt: episode.closedAt === null ? (warnsAt > now ? warnsAt : openedAt + LONGEST_EPISODE_SECONDS) : null,
  };
}

function silentEpisode(
  onsetAt: number,
  openedAt: number,
  until: number,
  end: Pick<SilentEpisode, 'closedAt' | 'closedBy'> | null,
): SilentEpisode {
  const expiresAt = openedAt + LONGEST_EPISODE_SECONDS;
  const warnsAt = openedAt + WARNING_AFTER_SECONDS;
  const severities: SeverityChange[] = [{ at: openedAt, severity: 'info' }];
  if (warnsAt <= until) severities.push({ at: warnsAt, severity: 'warning' });
  const isOver = expiresAt <= until;
  const ending = isOver
    ? ({ closedAt: expiresAt, closedBy: 'expired' } as const)
    : (end ?? { closedAt: null, closedBy: null });
  return { rule: 'no-data', onsetAt, openedAt, lastAt: isOver ? expiresAt : until, ...ending, severities };
}

/** The instant at which GlucoLens has been listening for some seconds since `from`. Outages ascend and do not overlap. */
export function listenedUntil(from: number, seconds: number, outages: readonly Outage[]): number {
  let at = from + seconds;
  for (const outage of outages) {
    if (outage.to <= from || outage.from >= at) continue;
    at += outage.to - Math.max(outage.from, from);
  }
  return at;
}
