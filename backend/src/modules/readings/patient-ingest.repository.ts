import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import { toZoneHistory, type ZoneRows, zonesOf } from './zone-rows.js';

export interface Source {
  readonly id: number;
  readonly name: string;
  readonly priority: number;
}

/** What the days of a patient depend on beside the readings. */
export interface PatientContext {
  readonly zones: ZoneHistory;
  readonly sources: readonly Source[];
}

interface ContextRow {
  readonly zones: ZoneRows;
  readonly sources: Source[] | null;
}

const LOCK = `
  INSERT INTO patient_ingest (patient_id) VALUES ($1)
  ON CONFLICT (patient_id) DO UPDATE SET patient_id = excluded.patient_id`;

const CONTEXT = `
  SELECT
    ${zonesOf('$1')} AS zones,
    (SELECT json_agg(json_build_object('id', id, 'name', name, 'priority', priority) ORDER BY id)
       FROM sources WHERE patient_id = $1) AS sources`;

/** What is kept of contacts that bring nothing new is good to a minute: who resends all the time causes a write a minute. */
const HEARD_LATELY = (at: string): string => `coalesce(heard_at > ${at} - interval '1 minute', false)`;

/** An alert that says the uploader is silent is to be looked at again once that is no longer so. */
const DUE_AS_HEARD = (at: string): string => `(
    SELECT ${at} FROM alert_episodes WHERE patient_id = $1 AND rule = 'no-data' AND closed_at IS NULL
      AND voided_at IS NULL AND evidence->'uploader'->>'silent' = 'uploader')`;

const MARK = `
  UPDATE patient_ingest SET
    last_reading_at = greatest(last_reading_at, to_timestamp($2::float8)),
    due_at = coalesce(due_at, $3::timestamptz, ${DUE_AS_HEARD('$6::timestamptz')}),
    due_from = least(due_from, to_timestamp($5::float8)),
    rejected_ahead = rejected_ahead + $4,
    heard_at = greatest(heard_at, $6::timestamptz)
  WHERE patient_id = $1 AND ($3::timestamptz IS NOT NULL OR $4 > 0 OR NOT ${HEARD_LATELY('$6::timestamptz')})`;

const MARK_HEARD = `
  INSERT INTO patient_ingest AS i (patient_id, heard_at)
  SELECT $1, $2::timestamptz
  WHERE NOT EXISTS (SELECT FROM patient_ingest WHERE patient_id = $1 AND ${HEARD_LATELY('$2::timestamptz')})
  ON CONFLICT (patient_id) DO UPDATE SET heard_at = greatest(i.heard_at, excluded.heard_at),
    due_at = coalesce(i.due_at, ${DUE_AS_HEARD('$2::timestamptz')})`;

const MARK_CHANGED = `
  UPDATE patient_ingest SET due_at = coalesce(due_at, $2), due_from = least(due_from, $2::timestamptz - interval '7 days')
  WHERE patient_id = $1`;

/** The state of ingestion, one row a patient, and the lock that every writer of a patient's readings takes first. */
@Injectable()
export class PatientIngestRepository {
  /** Waits until no other writer works on this patient; held until the transaction ends. */
  async lock(manager: EntityManager, patientId: string): Promise<void> {
    await manager.query(LOCK, [patientId]);
  }

  async context(manager: EntityManager, patientId: string): Promise<PatientContext> {
    const [row] = await manager.query<ContextRow[]>(CONTEXT, [patientId]);
    return { zones: toZoneHistory(row?.zones ?? null), sources: row?.sources ?? [] };
  }

  /** Notes that something besides new readings changed what the days of the last week say. */
  async markChanged(manager: EntityManager, patientId: string, now: Date): Promise<void> {
    await manager.query(MARK_CHANGED, [patientId, now]);
  }

  /** Notes a contact that brought nothing which could be stored. */
  async markHeard(manager: EntityManager, patientId: string, heardAt: Date): Promise<void> {
    await manager.query(MARK_HEARD, [patientId, heardAt]);
  }

  /** Notes what a write brought, instants in milliseconds since the epoch; `dueAt` only where there is something new. */
  async mark(
    manager: EntityManager,
    patientId: string,
    state: { firstAt: number | null; lastAt: number | null; dueAt: Date | null; rejectedAhead: number; heardAt: Date },
  ): Promise<void> {
    const seconds = (at: number | null): number | null => (at === null ? null : at / 1000);
    const { firstAt, lastAt, dueAt, rejectedAhead, heardAt } = state;
    await manager.query(MARK, [patientId, seconds(lastAt), dueAt, rejectedAhead, seconds(firstAt), heardAt]);
  }
}
