import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

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
  | 'delivery-attempt'
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

/** Writes down what happens to alerts, in the transaction in which it happens. Nothing here is ever changed or removed. */
@Injectable()
export class AlertTimeline {
  async append(manager: EntityManager, patientId: string, at: Date, events: readonly AlertEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map(({ episodeId, kind, actorUserId = null, details = {} }) => ({
      episode_id: episodeId,
      kind,
      actor_user_id: actorUserId,
      details,
    }));
    await manager.query(APPEND, [patientId, at, JSON.stringify(rows)]);
  }
}
