import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AlertChanged } from '../live/live-event.js';
import { LiveEvents } from '../live/live-events.js';

/** What can happen to an alert. The kinds are API. */
export type AlertEventKind =
  | 'opened'
  | 'severity-raised'
  | 'closed'
  | 'reopened'
  | 'voided'
  | 'decided'
  | 'acknowledged'
  | 'snoozed'
  | 'snooze-ended'
  | 'escalated'
  | 'notified'
  | 'delivery-attempt'
  | 'delivery-cancelled'
  | 'marked-false'
  | 'unmarked-false';

export interface AlertEvent {
  readonly episodeId: string;
  readonly kind: AlertEventKind;
  readonly actorUserId?: string;
  /** Never a name, an address or a secret. */
  readonly details?: object;
}

const APPEND = `
  INSERT INTO alert_events (patient_id, episode_id, at, kind, actor_user_id, details)
  SELECT $1, e.episode_id, $2, e.kind, e.actor_user_id, e.details
  FROM jsonb_to_recordset($3::jsonb) AS e (episode_id uuid, kind text, actor_user_id uuid, details jsonb)`;

const EPISODES = `
  SELECT id, rule, severity, opened_at AS "openedAt", closed_at AS "closedAt", voided_at AS "voidedAt"
  FROM alert_episodes WHERE patient_id = $1 AND id = ANY ($2::uuid[])`;

interface EpisodeRow {
  readonly id: string;
  readonly rule: string;
  readonly severity: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly voidedAt: Date | null;
}

/** What does not change what a page shows of an alert. */
const UNSEEN: ReadonlySet<AlertEventKind> = new Set(['delivery-attempt']);

/**
 * Writes down what happens to alerts, in the transaction in which it happens, and tells open pages once that is
 * committed. Nothing here is ever changed or removed.
 */
@Injectable()
export class AlertTimeline {
  constructor(private readonly live: LiveEvents) {}

  /** Append after the episodes themselves are written: pages are told how these stand. */
  async append(manager: EntityManager, patientId: string, at: Date, events: readonly AlertEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map(({ episodeId, kind, actorUserId = null, details = {} }) => ({
      episode_id: episodeId,
      kind,
      actor_user_id: actorUserId,
      details,
    }));
    await manager.query(APPEND, [patientId, at, JSON.stringify(rows)]);
    await this.tellPages(manager, patientId, events);
  }

  private async tellPages(manager: EntityManager, patientId: string, events: readonly AlertEvent[]): Promise<void> {
    const seen = events.filter(({ kind }) => !UNSEEN.has(kind));
    if (seen.length === 0) return;
    const ids = [...new Set(seen.map(({ episodeId }) => episodeId))];
    const episodes = await manager.query<EpisodeRow[]>(EPISODES, [patientId, ids]);
    const news = episodes.map((episode) =>
      toNews(
        patientId,
        episode,
        seen.filter(({ episodeId }) => episodeId === episode.id),
      ),
    );
    await this.live.append(manager, news);
  }
}

function toNews(patientId: string, episode: EpisodeRow, events: readonly AlertEvent[]): AlertChanged {
  const { id, rule, severity, openedAt, closedAt, voidedAt } = episode;
  return {
    kind: 'alert',
    patientId,
    alertId: id,
    rule,
    severity,
    state: voidedAt ? 'voided' : closedAt ? 'closed' : 'open',
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    changes: [...new Set(events.map(({ kind }) => kind))],
    sounds: events.some(({ kind, details }) => kind === 'decided' && isSound(details)),
  };
}

const isSound = (details: object = {}): boolean => 'decision' in details && details.decision === 'sound';
