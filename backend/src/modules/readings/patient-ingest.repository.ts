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

const MARK = `
  UPDATE patient_ingest SET
    last_reading_at = greatest(last_reading_at, to_timestamp($2::float8)),
    due_at = coalesce($3::timestamptz, due_at),
    rejected_ahead = rejected_ahead + $4
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

  /** Notes what a write brought. `lastAt` in milliseconds since the epoch; `dueAt` only where there is something new. */
  async mark(
    manager: EntityManager,
    patientId: string,
    state: { lastAt: number | null; dueAt: Date | null; rejectedAhead: number },
  ): Promise<void> {
    const lastAt = state.lastAt === null ? null : state.lastAt / 1000;
    await manager.query(MARK, [patientId, lastAt, state.dueAt, state.rejectedAhead]);
  }
}
