import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { DateOrder } from '../../domain/import/device-time.js';
import type { ExportFormat } from '../../domain/import/vendor-export.js';
import type { ImportDetails, ImportState } from './import-state.js';

export interface NewImport {
  readonly id: string;
  readonly patientId: string;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly sha256: Buffer;
  readonly byteSize: number;
  readonly timeZone: string | null;
  readonly dateOrder: DateOrder | null;
}

export interface Counts {
  readonly new: number;
  readonly known: number;
  readonly rejected: number;
}

type Key = Pick<ImportState, 'id' | 'patientId'>;

const COLUMNS = `id, patient_id AS "patientId", status, created_at AS "createdAt", finished_at AS "finishedAt",
  undone_at AS "undoneAt", time_zone AS "timeZone", date_order AS "dateOrder", runs, format, progress, new_count AS "newCount",
  known_count AS "knownCount", rejected_count AS "rejectedCount", details`;

/** A millisecond later where the patient has an import of this instant already. */
const INSERT = `
  INSERT INTO imports (patient_id, id, created_by, created_at, status, sha256, byte_size, time_zone, date_order, runs)
  SELECT $1, $2, $3, greatest($4::timestamptz, (SELECT max(created_at) + interval '1 ms' FROM imports WHERE patient_id = $1)),
    'queued', $5, $6, $7, $8, 1`;

const OWN_READINGS = `
  SELECT count(*)::int AS count FROM glucose_readings
  WHERE patient_id = $1 AND received_at = $2 AND measured_at BETWEEN $3 AND $4`;

/** A reading or record that came again is noted as known, and not as whose it was. */
const BROUGHT_AGAIN = `
  SELECT EXISTS (SELECT FROM imports
    WHERE patient_id = $1 AND created_at > $2 AND format = $3 AND status IN ('running', 'done') AND undone_at IS NULL
      AND (known_count > 0 OR (details -> 'records' ->> 'known')::int > 0)) AS yes`;

/** Earlier versions stored records under the instant of each batch, which is no import's. */
const HAS_UNMARKED_RECORDS = `
  SELECT EXISTS (SELECT FROM records r
    WHERE r.patient_id = $1 AND r.created_at > $2 AND r.created_at <= $3 AND r.body ->> 'source' = $4
      AND NOT EXISTS (SELECT FROM imports i WHERE i.patient_id = $1 AND i.created_at = r.created_at)) AS yes`;

/** The table of imports. */
@Injectable()
export class ImportsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(manager: EntityManager, row: NewImport): Promise<void> {
    const { patientId, id, createdBy, createdAt, sha256, byteSize, timeZone, dateOrder } = row;
    await manager.query(INSERT, [patientId, id, createdBy, createdAt, sha256, byteSize, timeZone, dateOrder]);
  }

  async remove({ patientId, id }: Key): Promise<void> {
    await this.dataSource.query('DELETE FROM imports WHERE patient_id = $1 AND id = $2', [patientId, id]);
  }

  /** An import by its id alone: the caller has yet to be let through to its patient. */
  async find(id: string): Promise<ImportState | null> {
    const [row] = await this.dataSource.query<ImportState[]>(`SELECT ${COLUMNS} FROM imports WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** Imports of anybody that wait or run, and were created before an instant. */
  async unfinishedBefore(instant: Date): Promise<Pick<ImportState, 'id' | 'runs'>[]> {
    return this.dataSource.query(
      `SELECT id, runs FROM imports WHERE status IN ('queued', 'running') AND created_at < $1`,
      [instant],
    );
  }

  /** The imports of a patient after the given one, ascending by time. */
  async page(patientId: string, after: string | null, limit: number): Promise<ImportState[]> {
    return this.dataSource.query<ImportState[]>(
      `SELECT ${COLUMNS} FROM imports WHERE patient_id = $1 AND created_at > coalesce($2::timestamptz, '-infinity')
       ORDER BY created_at LIMIT $3`,
      [patientId, after, limit],
    );
  }

  /** Queues an import again with the uploader's answers; null where it was not waiting for any. */
  async answer(key: Key, answers: { dateOrder: DateOrder | null; timeZone: string | null }): Promise<number | null> {
    const [rows] = await this.dataSource.query<[{ runs: number }[], number]>(
      `UPDATE imports SET status = 'queued', runs = runs + 1, date_order = coalesce($3, date_order),
         time_zone = coalesce($4, time_zone), details = '{}'
       WHERE patient_id = $1 AND id = $2 AND status = 'needs-input' RETURNING runs`,
      [key.patientId, key.id, answers.dateOrder, answers.timeZone],
    );
    return rows[0]?.runs ?? null;
  }

  async start(key: Key): Promise<void> {
    await this.update(key, `status = 'running'`, []);
  }

  async advance(key: Key, format: ExportFormat, progress: number, counts: Counts): Promise<void> {
    await this.update(
      key,
      `format = $3, progress = greatest(progress, $4), new_count = $5, known_count = $6, rejected_count = $7`,
      [format, progress, counts.new, counts.known, counts.rejected],
    );
  }

  async ask(key: Key, format: ExportFormat, details: ImportDetails): Promise<void> {
    await this.update(key, `status = 'needs-input', format = $3, details = $4`, [format, JSON.stringify(details)]);
  }

  async finish(key: Key, finishedAt: Date, counts: Counts, details: ImportDetails): Promise<void> {
    await this.update(
      key,
      `status = 'done', progress = 1, finished_at = $3, new_count = $4, known_count = $5, rejected_count = $6, details = $7`,
      [finishedAt, counts.new, counts.known, counts.rejected, JSON.stringify(details)],
    );
  }

  async refuse(key: Key, finishedAt: Date, details: ImportDetails): Promise<void> {
    await this.update(key, `status = 'refused', finished_at = $3, details = $4`, [finishedAt, JSON.stringify(details)]);
  }

  /** Marks an import that has ended well as taken back; false where it has not, or somebody was faster. */
  async undo(manager: EntityManager, { patientId, id }: Key, now: Date): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE imports SET undone_at = $3 WHERE patient_id = $1 AND id = $2 AND status = 'done' AND undone_at IS NULL
       RETURNING id`,
      [patientId, id, now],
    );
    return rows.length > 0;
  }

  /** Whether a later import of the same format, which is not taken back, met anything that was there: it may be this one's. */
  async isBroughtAgain(manager: EntityManager, { patientId, createdAt, format }: ImportState): Promise<boolean> {
    const [row] = await manager.query<{ yes: boolean }[]>(BROUGHT_AGAIN, [patientId, createdAt, format]);
    return row?.yes ?? false;
  }

  /** Whether doses or meals came while it ran that do not say which import they are of. */
  async hasUnmarkedRecords(manager: EntityManager, state: ImportState): Promise<boolean> {
    const { patientId, createdAt, finishedAt, format } = state;
    const [row] = await manager.query<{ yes: boolean }[]>(HAS_UNMARKED_RECORDS, [
      patientId,
      createdAt,
      finishedAt,
      format,
    ]);
    return row?.yes ?? false;
  }

  /** How many of the stored readings this import brought, in whichever of its attempts. Instants in seconds, infinite where there are none. */
  async countOwnReadings(state: ImportState, first: number, last: number): Promise<number> {
    if (!Number.isFinite(first)) return 0;
    const [row] = await this.dataSource.query<{ count: number }[]>(OWN_READINGS, [
      state.patientId,
      state.createdAt,
      new Date(first * 1000),
      new Date(last * 1000),
    ]);
    return row?.count ?? 0;
  }

  /** An import that has ended stays as it ended. */
  private async update({ patientId, id }: Key, assignments: string, values: readonly unknown[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE imports SET ${assignments} WHERE patient_id = $1 AND id = $2 AND status IN ('queued', 'running')`,
      [patientId, id, ...values],
    );
  }
}
