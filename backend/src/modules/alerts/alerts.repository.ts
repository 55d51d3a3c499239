import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { VISIBLE_PATIENT_IDS } from '../patients/patient-access.service.js';
import { ALERT_COLUMNS, type AlertRow, IS_ACKNOWLEDGED, IS_OPEN, RANK } from './alert-rows.js';

/** Sort key of the inbox: rank, opening, id. */
export type InboxKey = readonly [rank: number, openedAt: string, id: string];
/** Sort key of one patient's alerts. */
export type PatientAlertKey = readonly [openedAt: string, id: string];

const OPENED_AT = `date_trunc('milliseconds', e.opened_at)`;

const INBOX = `
  SELECT ${ALERT_COLUMNS}
  FROM (
    SELECT e.*, ${RANK} AS rank FROM alert_episodes e
    WHERE e.patient_id IN (${VISIBLE_PATIENT_IDS}) AND ($3::timestamptz IS NULL AND ${IS_OPEN} OR e.opened_at >= $3)
      AND ($4::text IS NULL OR e.severity = $4) AND ($5::uuid IS NULL OR e.patient_id = $5)
      AND (NOT $10::bool OR NOT ${IS_ACKNOWLEDGED})
  ) e JOIN patients p ON p.id = e.patient_id
  WHERE $6::int IS NULL OR (e.rank, ${OPENED_AT}, e.id) < ($6, $7::timestamptz, $8::uuid)
  ORDER BY e.rank DESC, ${OPENED_AT} DESC, e.id DESC LIMIT $9`;

const COUNTS = `
  SELECT count(*)::int AS open, (count(*) FILTER (WHERE NOT ${IS_ACKNOWLEDGED}))::int AS unacknowledged,
    (count(*) FILTER (WHERE e.severity = 'urgent'))::int AS urgent,
    (count(*) FILTER (WHERE e.severity = 'warning'))::int AS warning,
    (count(*) FILTER (WHERE e.severity = 'info'))::int AS info
  FROM alert_episodes e WHERE ${IS_OPEN} AND e.patient_id IN (${VISIBLE_PATIENT_IDS})`;

const OF_PATIENT = `
  SELECT ${ALERT_COLUMNS} FROM alert_episodes e JOIN patients p ON p.id = e.patient_id
  WHERE e.patient_id = $1 AND ($2 OR ${IS_OPEN})
    AND ($3::timestamptz IS NULL OR e.opened_at >= $3) AND ($4::timestamptz IS NULL OR e.opened_at < $4)
    AND ($5::timestamptz IS NULL OR (${OPENED_AT}, e.id) > ($5, $6::uuid))
  ORDER BY ${OPENED_AT}, e.id LIMIT $7`;

const ONE = `
  SELECT ${ALERT_COLUMNS} FROM alert_episodes e JOIN patients p ON p.id = e.patient_id
  WHERE e.patient_id = $1 AND e.id = $2`;

const TIMELINE = `
  SELECT t.at, t.kind, t.actor_user_id AS "userId", u.display_name AS "displayName", t.details
  FROM alert_events t LEFT JOIN users u ON u.id = t.actor_user_id
  WHERE t.patient_id = $1 AND t.episode_id = $2 ORDER BY t.id`;

export interface TimelineRow {
  readonly at: Date;
  readonly kind: string;
  readonly userId: string | null;
  readonly displayName: string | null;
  readonly details: Record<string, unknown>;
}

export interface OpenCounts {
  readonly open: number;
  readonly unacknowledged: number;
  readonly urgent: number;
  readonly warning: number;
  readonly info: number;
}

/** Reads alerts with what people did about them. */
@Injectable()
export class AlertsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Alerts of every patient a user may read, most urgent first: open ones, or all since an instant. */
  async inboxOf(
    userId: string,
    now: Date,
    narrowed: { since: string | null; severity: string | null; patientId: string | null; unacknowledged: boolean },
    after: InboxKey | null,
    limit: number,
  ): Promise<AlertRow[]> {
    const { since, severity, patientId, unacknowledged } = narrowed;
    const key = after ?? [null, null, null];
    const values = [userId, now, since, severity, patientId, ...key, limit, unacknowledged];
    return this.dataSource.query<AlertRow[]>(INBOX, values);
  }

  async openCounts(userId: string, now: Date): Promise<OpenCounts> {
    const [counts] = await this.dataSource.query<OpenCounts[]>(COUNTS, [userId, now]);
    return counts ?? { open: 0, unacknowledged: 0, urgent: 0, warning: 0, info: 0 };
  }

  /** Alerts of one patient, oldest first. */
  async ofPatient(
    patientId: string,
    narrowed: { openOnly: boolean; from: string | null; to: string | null },
    after: PatientAlertKey | null,
    limit: number,
  ): Promise<AlertRow[]> {
    const { openOnly, from, to } = narrowed;
    const key = after ?? [null, null];
    return this.dataSource.query<AlertRow[]>(OF_PATIENT, [patientId, !openOnly, from, to, ...key, limit]);
  }

  /** Whose alert it is. */
  async patientOf(alertId: string): Promise<string | null> {
    const [row] = await this.dataSource.query<{ patientId: string }[]>(
      'SELECT patient_id AS "patientId" FROM alert_episodes WHERE id = $1',
      [alertId],
    );
    return row?.patientId ?? null;
  }

  async find(patientId: string, alertId: string, manager: EntityManager = this.dataSource.manager) {
    const [row] = await manager.query<AlertRow[]>(ONE, [patientId, alertId]);
    return row ?? null;
  }

  async timelineOf(patientId: string, alertId: string): Promise<TimelineRow[]> {
    return this.dataSource.query<TimelineRow[]>(TIMELINE, [patientId, alertId]);
  }
}
