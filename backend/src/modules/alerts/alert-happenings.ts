import { type AlertEpisode, LONGEST_EPISODE_SECONDS, severityOf } from '../../domain/alerts/episode.js';
import {
  type AlertChanges,
  hasChanged,
  silenceChanged,
  type KnownEpisode,
  type NamedEpisode,
} from './alert-changes.js';
import type { AlertEvidence } from '../../domain/alerts/evidence.js';
import type { AlertEvent, AlertHappenings, AlertStanding } from './alert-timeline.js';
import type { StoredAlert } from './evaluation.repository.js';
import type { WrittenDecision } from './episodes.repository.js';

type Event = Omit<AlertEvent, 'episodeId'>;

/**
 * The words in which the timeline tells of changes, alert by alert.
 * @param written decisions that are new or have changed, of these alerts or of others
 */
export function happeningsOf(changes: AlertChanges, written: readonly WrittenDecision[]): AlertHappenings[] {
  const { patientId, opened, known, voided, expired } = changes;
  const decided = (id: string): Event[] =>
    written
      .filter(({ episodeId }) => episodeId === id)
      .map(({ severity, decision }) => ({ kind: 'decided', details: { severity, decision } }));
  const happened = [
    ...voided.map((stored) => ({ alert: { ...standingOf(stored), isVoided: true }, events: [VOIDED] })),
    ...expired.map((stored) => {
      const closedAt = stored.openedAt + LONGEST_EPISODE_SECONDS;
      return { alert: { ...standingOf(stored), closedAt: dateOf(closedAt) }, events: [closed(closedAt, 'expired')] };
    }),
    ...opened.map((named) => ({
      alert: standingNow(named),
      events: [...eventsOfNew(named), ...decided(named.id)],
    })),
    ...known.map((one) => ({
      alert: standingNow({ id: one.stored.id, episode: one.episode }),
      events: [...(hasChanged(one) ? eventsOfChange(one) : []), ...decided(one.stored.id)],
    })),
  ];
  return happened.flatMap((one) => (one.events.length > 0 ? [{ patientId, ...one }] : []));
}

const VOIDED: Event = { kind: 'voided' };

const closed = (closedAt: number, closedBy: string | null): Event => ({
  kind: 'closed',
  details: { closedAt: dateOf(closedAt), closedBy },
});

const dateOf = (seconds: number): Date => new Date(seconds * 1000);

const standingOf = ({ id, rule, severity, openedAt, closedAt }: Omit<StoredAlert, 'silent'>): AlertStanding => ({
  id,
  rule,
  severity,
  openedAt: dateOf(openedAt),
  closedAt: closedAt === null ? null : dateOf(closedAt),
  isVoided: false,
});

const standingNow = ({ id, episode }: NamedEpisode): AlertStanding =>
  standingOf({ ...episode, id, severity: severityOf(episode) });

const silenceOf = ({ uploader }: AlertEvidence) =>
  uploader ? { silent: uploader.silent, heardAt: uploader.heardAt === null ? null : dateOf(uploader.heardAt) } : {};

function eventsOfNew({ episode }: NamedEpisode): Event[] {
  const { rule, openedAt, closedAt, closedBy, evidence } = episode;
  const details = { rule, severity: severityOf(episode), openedAt: dateOf(openedAt), ...silenceOf(evidence) };
  const events: Event[] = [{ kind: 'opened', details }];
  return closedAt === null ? events : [...events, closed(closedAt, closedBy)];
}

function eventsOfChange(known: KnownEpisode): Event[] {
  const { stored: before, episode } = known;
  const { closedAt, closedBy }: AlertEpisode = episode;
  const severity = severityOf(episode);
  const events: Event[] = [];
  if (severity !== before.severity) events.push({ kind: 'severity-raised', details: { severity } });
  if (silenceChanged(known)) events.push({ kind: 'silence-judged', details: silenceOf(episode.evidence) });
  if (closedAt !== null && before.closedAt === null) events.push(closed(closedAt, closedBy));
  if (closedAt === null && before.closedAt !== null) events.push({ kind: 'reopened' });
  return events;
}
