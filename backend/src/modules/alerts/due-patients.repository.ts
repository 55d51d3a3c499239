import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { queryPreparedIn } from '../../database/prepared.js';
import type { SettingsHistory } from '../../domain/alerts/settings-history.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import { toZoneHistory, type ZoneRows, zonesOf } from '../readings/zone-rows.js';
import { clinicSettingsOf, patientSettingsOf, type SettingsRow, toSettingsHistory } from './settings-rows.js';

/** A patient whose alerts are to be looked at, held until the transaction ends. Instants are seconds since the epoch. */
export interface DuePatient {
  readonly patientId: string;
  /** When the oldest reading that waits came in; `null` where only time has passed. */
  readonly dueAt: Date | null;
  readonly dueFrom: number | null;
  readonly quietAt: number | null;
  readonly zones: ZoneHistory;
  readonly settings: SettingsHistory;
}

/** What an evaluation leaves for the next one. */
export interface LookedAt {
  readonly patientId: string;
  readonly quietAt: number | null;
  readonly nextAt: number | null;
}

const DUE = `
  SELECT i.patient_id AS id FROM patient_ingest i LEFT JOIN alert_state s ON s.patient_id = i.patient_id
  WHERE (i.due_at IS NOT NULL OR s.next_at <= $2) AND i.patient_id > $1
    AND NOT EXISTS (SELECT FROM alert_failures f WHERE f.patient_id = i.patient_id AND f.retry_at > $2)
  ORDER BY i.patient_id LIMIT $3`;

/**
 * Whoever holds a row writes readings of this patient and rings afterwards, or is looking already, or closes the nights
 * and rings for nobody: then the patient stays due until the next sweep, ten seconds at most. Nobody waits here, so
 * several patients can be held at once.
 */
const CLAIM = {
  name: 'claim-due-patients',
  text: `
    SELECT i.patient_id AS "patientId", i.due_at AS "dueAt", extract(epoch FROM i.due_from)::float8 AS "dueFrom"
    FROM patient_ingest i
    WHERE i.patient_id = ANY ($1::uuid[])
      AND (i.due_at IS NOT NULL OR EXISTS (
        SELECT FROM alert_state s WHERE s.patient_id = i.patient_id AND s.next_at <= $2))
    FOR UPDATE SKIP LOCKED`,
};

/** A statement of its own: what the one that locks can see may be older than what others wrote before it had the lock. */
const CONTEXT = {
  name: 'context-of-due-patients',
  text: `
    SELECT due.id AS "patientId",
      (SELECT extract(epoch FROM quiet_at)::float8 FROM alert_state WHERE patient_id = due.id) AS "quietAt",
      ${zonesOf('due.id')} AS zones,
      ${clinicSettingsOf('due.id')} AS "clinicSettings",
      ${patientSettingsOf('due.id')} AS "patientSettings"
    FROM unnest($1::uuid[]) AS due (id)`,
};

const DONE = {
  name: 'evaluations-done',
  text: `
    WITH done AS MATERIALIZED (
      SELECT * FROM unnest($2::uuid[], $3::float8[], $4::float8[]) AS done (id, quiet_at, next_at)
    ), looked AS (
      UPDATE patient_ingest i SET due_at = NULL, due_from = NULL FROM done
      WHERE i.patient_id = done.id AND i.due_at IS NOT NULL
    ), succeeded AS (
      DELETE FROM alert_failures f USING done WHERE f.patient_id = done.id
    )
    INSERT INTO alert_state (patient_id, evaluated_at, quiet_at, next_at)
    SELECT id, $1, to_timestamp(quiet_at), to_timestamp(next_at) FROM done
    ON CONFLICT (patient_id) DO UPDATE SET evaluated_at = excluded.evaluated_at, quiet_at = excluded.quiet_at,
      next_at = excluded.next_at`,
};

type Claimed = Pick<DuePatient, 'patientId' | 'dueAt' | 'dueFrom'>;

interface ContextRow extends Pick<DuePatient, 'patientId' | 'quietAt'> {
  readonly zones: ZoneRows;
  readonly clinicSettings: SettingsRow[] | null;
  readonly patientSettings: SettingsRow[] | null;
}

/** Whose alerts are to be looked at, and the mark that a look leaves. */
@Injectable()
export class DuePatientsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Ids after one, ascending, of patients who are not to wait after a failure and for whom something has arrived or whose time has come. */
  async idsAfter(afterId: string, now: Date, limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(DUE, [afterId, now, limit]);
    return rows.map(({ id }) => id);
  }

  /** Takes hold of those of some patients for whom there is something to do and whom nobody else is at. */
  async claim(manager: EntityManager, patientIds: readonly string[], now: Date): Promise<DuePatient[]> {
    const claimed = await queryPreparedIn<Claimed>(manager, CLAIM, [patientIds, now]);
    if (claimed.length === 0) return [];
    const held = claimed.map(({ patientId }) => patientId);
    const contexts = new Map(
      (await queryPreparedIn<ContextRow>(manager, CONTEXT, [held])).map((row) => [row.patientId, row]),
    );
    return claimed.map((patient) => {
      const context = contexts.get(patient.patientId);
      return {
        ...patient,
        quietAt: context?.quietAt ?? null,
        zones: toZoneHistory(context?.zones ?? null),
        settings: toSettingsHistory(context?.clinicSettings ?? null, context?.patientSettings ?? null),
      };
    });
  }

  async done(manager: EntityManager, now: Date, looked: readonly LookedAt[]): Promise<void> {
    await queryPreparedIn(manager, DONE, [
      now,
      looked.map(({ patientId }) => patientId),
      looked.map(({ quietAt }) => quietAt),
      looked.map(({ nextAt }) => nextAt),
    ]);
  }
}
