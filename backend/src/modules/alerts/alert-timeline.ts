import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { queryPreparedIn } from '../../database/prepared.js';
import type { AlertChanged } from '../live/live-event.js';
import { LiveEvents } from '../live/live-events.js';

/** What can happen to an alert. The kinds are API. */
export type AlertEventKind =
  | 'opened'
  | 'severity-raised'
  | 'silence-judged'
  | 'closed'
  | 'reopened'
  | 'voided'
  | 'decided'
  | 'acknowledged'
  | 'snoozed'
  | 'snooze-ended'
  | 'escalated'
  | 'notified'
  | 'nobody-to-tell'
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

/** How an alert stands, as open pages are told. */
export interface AlertStanding {
  readonly id: string;
  readonly rule: string;
  readonly severity: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly isVoided: boolean;
}

/** What happened to one alert, in order. */
export interface AlertHappenings {
  readonly patientId: string;
  readonly alert: AlertStanding;
  readonly events: readonly Omit<AlertEvent, 'episodeId'>[];
}

const APPEND = {
  name: 'append-to-timelines',
  text: `
    INSERT INTO alert_events (patient_id, episode_id, at, kind, actor_user_id, details)
    SELECT e.patient_id, e.episode_id, $1, e.kind, e.actor_user_id, e.details
    FROM jsonb_to_recordset($2::jsonb)
      AS e (patient_id uuid, episode_id uuid, kind text, actor_user_id uuid, details jsonb)`,
};

const STANDINGS = {
  name: 'alert-standings',
  text: `
    SELECT id, rule, severity, opened_at AS "openedAt", closed_at AS "closedAt", voided_at IS NOT NULL AS "isVoided"
    FROM alert_episodes WHERE patient_id = $1 AND id = ANY ($2::uuid[])`,
};

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
    await this.write(
      manager,
      at,
      events.map((event) => ({ patientId, ...event })),
    );
    const ids = [...new Set(events.filter(isSeen).map(({ episodeId }) => episodeId))];
    if (ids.length === 0) return;
    const alerts = await queryPreparedIn<AlertStanding>(manager, STANDINGS, [patientId, ids]);
    await this.tellPages(
      manager,
      alerts.map((alert) => ({
        patientId,
        alert,
        events: events.filter(({ episodeId }) => episodeId === alert.id),
      })),
    );
  }

  /** The same for many alerts at once, by who has just written them and knows how they stand. */
  async appendKnown(manager: EntityManager, at: Date, happenings: readonly AlertHappenings[]): Promise<void> {
    if (happenings.length === 0) return;
    await this.write(
      manager,
      at,
      happenings.flatMap(({ patientId, alert, events }) =>
        events.map((event) => ({ patientId, episodeId: alert.id, ...event })),
      ),
    );
    await this.tellPages(manager, happenings);
  }

  private async write(
    manager: EntityManager,
    at: Date,
    events: readonly (AlertEvent & { readonly patientId: string })[],
  ): Promise<void> {
    const rows = events.map(({ patientId, episodeId, kind, actorUserId = null, details = {} }) => ({
      patient_id: patientId,
      episode_id: episodeId,
      kind,
      actor_user_id: actorUserId,
      details,
    }));
    await queryPreparedIn(manager, APPEND, [at, JSON.stringify(rows)]);
  }

  private async tellPages(manager: EntityManager, happenings: readonly AlertHappenings[]): Promise<void> {
    await this.live.append(
      manager,
      happenings
        .map((one) => ({ ...one, events: one.events.filter(isSeen) }))
        .filter(({ events }) => events.length > 0)
        .map(toNews),
    );
  }
}

const isSeen = ({ kind }: Pick<AlertEvent, 'kind'>): boolean => !UNSEEN.has(kind);

function toNews({ patientId, alert, events }: AlertHappenings): AlertChanged {
  const { id, rule, severity, openedAt, closedAt, isVoided } = alert;
  return {
    kind: 'alert',
    patientId,
    alertId: id,
    rule,
    severity,
    state: isVoided ? 'voided' : closedAt ? 'closed' : 'open',
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    changes: [...new Set(events.map(({ kind }) => kind))],
    sounds: events.some(({ kind, details }) => kind === 'decided' && isSound(details)),
  };
}

const isSound = (details: object = {}): boolean => 'decision' in details && details.decision === 'sound';
