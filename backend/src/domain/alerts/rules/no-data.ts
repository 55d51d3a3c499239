import { type AlertEpisode, LONGEST_EPISODE_SECONDS, type SeverityChange } from '../episode.js';
import type { SettingsAt } from '../settings-history.js';

/** A time in which GlucoLens itself was not running, so that no reading could have come in. Seconds since the epoch. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

const WARNING_AFTER_SECONDS = 2 * 3600;

/** What a silence between two samples, or since the last one, amounts to. */
export interface Silence {
  readonly episode: Omit<AlertEpisode, 'suspectedCompression' | 'evidence'> | null;
  /** When the passing of time alone would change this; `null` where it would not. */
  readonly changesAt: number | null;
}

/**
 * Silence after the sample at `since`, up to the next one, or to now where there is none. Minutes in which GlucoLens was
 * not running do not count.
 */
export function silenceAfter(
  since: number,
  next: number | null,
  { settingsAt, outages, now }: { settingsAt: SettingsAt; outages: readonly Outage[]; now: number },
): Silence {
  const settings = settingsAt(since)['no-data'];
  if (!settings.enabled) return { episode: null, changesAt: null };
  const opensAt = afterListening(since, settings.afterMinutes * 60, outages);
  const until = next ?? now;
  if (opensAt >= until) return { episode: null, changesAt: next === null ? opensAt : null };
  const expiresAt = opensAt + LONGEST_EPISODE_SECONDS;
  const warnsAt = opensAt + WARNING_AFTER_SECONDS;
  const severities: SeverityChange[] = [{ at: opensAt, severity: 'info' }];
  if (warnsAt <= until) severities.push({ at: warnsAt, severity: 'warning' });
  const isOver = expiresAt <= until;
  const lastAt = isOver ? expiresAt : until;
  const closedAt = isOver ? expiresAt : next;
  return {
    episode: {
      rule: 'no-data',
      onsetAt: since,
      openedAt: opensAt,
      lastAt,
      closedAt,
      closedBy: isOver ? 'expired' : next === null ? null : 'data-arrived',
      severities,
    },
    changesAt: closedAt === null ? (warnsAt > now ? warnsAt : expiresAt) : null,
  };
}

/** The instant at which GlucoLens has been listening for some seconds since `from`. Outages ascend and do not overlap. */
function afterListening(from: number, seconds: number, outages: readonly Outage[]): number {
  let at = from + seconds;
  for (const outage of outages) {
    if (outage.to <= from || outage.from >= at) continue;
    at += outage.to - Math.max(outage.from, from);
  }
  return at;
}
