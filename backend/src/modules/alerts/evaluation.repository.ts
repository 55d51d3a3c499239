import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { queryPreparedIn } from '../../database/prepared.js';
import type { SettingsHistory } from '../../domain/alerts/settings-history.js';
import type { StoredEpisode } from '../../domain/alerts/reconcile.js';
import { type PackedDay, unpackDays } from '../../domain/glycemia/day-samples.js';
import type { GlucoseSeries } from '../../domain/glycemia/series.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import { toZoneHistory, type ZoneRows, zonesOf } from '../readings/zone-rows.js';
import { clinicSettingsOf, patientSettingsOf, type SettingsRow, toSettingsHistory } from './settings-rows.js';

/** A patient whose alerts are to be looked at, held until the transaction ends. Instants are seconds since the epoch. */
export interface DuePatient {
  /** When the oldest reading that waits came in; `null` where only time has passed. */
  readonly dueAt: Date | null;
  readonly dueFrom: number | null;
  readonly quietAt: number | null;
  readonly zones: ZoneHistory;
  readonly settings: SettingsHistory;
}

const epoch = (column: string): string => `extract(epoch FROM ${column})::float8`;

/**
 * Whoever holds the row writes readings of this patient and rings afterwards, or is looking already: there is nothing to
 * wait for.
 */
const CLAIM = {
  name: 'claim-due-patient',
  text: `
    SELECT i.due_at AS "dueAt", ${epoch('i.due_from')} AS "dueFrom" FROM patient_ingest i
    WHERE i.patient_id = $1
      AND (i.due_at IS NOT NULL OR EXISTS (
        SELECT FROM alert_state s WHERE s.patient_id = i.patient_id AND s.next_at <= $2))
    FOR UPDATE SKIP LOCKED`,
};

/** A statement of its own: what the one that locks can see may be older than what others wrote before it had the lock. */
const CONTEXT = {
  name: 'context-of-due-patient',
  text: `
    SELECT (SELECT ${epoch('quiet_at')} FROM alert_state WHERE patient_id = $1) AS "quietAt",
      ${zonesOf('$1')} AS zones,
      ${clinicSettingsOf('$1')} AS "clinicSettings",
      ${patientSettingsOf('$1')} AS "patientSettings"`,
};

const DUE = `
  SELECT i.patient_id AS id FROM patient_ingest i LEFT JOIN alert_state s ON s.patient_id = i.patient_id
  WHERE (i.due_at IS NOT NULL OR s.next_at <= $2) AND i.patient_id > $1
    AND NOT EXISTS (SELECT FROM alert_failures f WHERE f.patient_id = i.patient_id AND f.retry_at > $2)
  ORDER BY i.patient_id LIMIT $3`;

const SAMPLES = {
  name: 'samples-to-evaluate',
  text: `
    SELECT extract(epoch FROM starts_at)::float8 AS "startsAt", samples FROM glucose_days
    WHERE patient_id = $1 AND last_at >= to_timestamp($2::float8) ORDER BY starts_at`,
};

const EPISODES = {
  name: 'episodes-to-reconcile',
  text: `
    SELECT id, rule, severity, ${epoch('opened_at')} AS "openedAt", ${epoch('last_at')} AS "lastAt",
      ${epoch('closed_at')} AS "closedAt"
    FROM alert_episodes
    WHERE patient_id = $1 AND voided_at IS NULL AND rule <> 'finding'
      AND (opened_at > to_timestamp($2::float8) OR closed_at IS NULL)`,
};

const DONE = {
  name: 'evaluation-done',
  text: `
    WITH looked AS (UPDATE patient_ingest SET due_at = NULL, due_from = NULL WHERE patient_id = $1),
      succeeded AS (DELETE FROM alert_failures WHERE patient_id = $1)
    INSERT INTO alert_state (patient_id, evaluated_at, quiet_at, next_at)
    VALUES ($1, $2, to_timestamp($3::float8), to_timestamp($4::float8))
    ON CONFLICT (patient_id) DO UPDATE SET evaluated_at = excluded.evaluated_at, quiet_at = excluded.quiet_at,
      next_at = excluded.next_at`,
};

/** An episode as it stands in the table, with what an evaluation may change. */
export interface StoredAlert extends StoredEpisode {
  readonly severity: string;
  readonly lastAt: number;
}

interface ContextRow extends Pick<DuePatient, 'quietAt'> {
  readonly zones: ZoneRows;
  readonly clinicSettings: SettingsRow[] | null;
  readonly patientSettings: SettingsRow[] | null;
}

/** What an evaluation reads, and the mark it leaves. */
@Injectable()
export class EvaluationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Ids after one, ascending, of patients who are not to wait after a failure and for whom something has arrived or whose time has come. */
  async duePatients(afterId: string, now: Date, limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(DUE, [afterId, now, limit]);
    return rows.map(({ id }) => id);
  }

  /** Takes hold of a patient, or answers `null` where there is nothing to do or somebody else is at it. */
  async claim(manager: EntityManager, patientId: string, now: Date): Promise<DuePatient | null> {
    const [claimed] = await queryPreparedIn<Pick<DuePatient, 'dueAt' | 'dueFrom'>>(manager, CLAIM, [patientId, now]);
    if (!claimed) return null;
    const [row] = await queryPreparedIn<ContextRow>(manager, CONTEXT, [patientId]);
    const settings = toSettingsHistory(row?.clinicSettings ?? null, row?.patientSettings ?? null);
    return { ...claimed, quietAt: row?.quietAt ?? null, zones: toZoneHistory(row?.zones ?? null), settings };
  }

  async seriesFrom(manager: EntityManager, patientId: string, from: number): Promise<GlucoseSeries> {
    return unpackDays(await queryPreparedIn<PackedDay>(manager, SAMPLES, [patientId, from]));
  }

  async zonesOf(patientId: string): Promise<ZoneHistory> {
    const [row] = await this.dataSource.query<{ zones: ZoneRows }[]>(`SELECT ${zonesOf('$1')} AS zones`, [patientId]);
    return toZoneHistory(row?.zones ?? null);
  }

  async episodesAfter(manager: EntityManager, patientId: string, openedAfter: number): Promise<StoredAlert[]> {
    return queryPreparedIn<StoredAlert>(manager, EPISODES, [patientId, openedAfter]);
  }

  async done(
    manager: EntityManager,
    patientId: string,
    state: { now: Date; quietAt: number | null; nextAt: number | null },
  ): Promise<void> {
    await queryPreparedIn(manager, DONE, [patientId, state.now, state.quietAt, state.nextAt]);
  }
}
