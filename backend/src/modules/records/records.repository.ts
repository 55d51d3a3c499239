import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { RecordKind } from './record-kinds.js';
import type { NewRecord } from './record-parser.js';

export interface StoredRecord {
  readonly clientId: string;
  readonly startsAt: Date;
  readonly body: Readonly<Record<string, unknown>>;
}

const INCOMING = `json_to_recordset($3)
  AS r ("clientId" text, "startsAt" timestamptz, "endsAt" timestamptz, body jsonb)`;

/** In the order of ids: two callers who send the same records then wait for each other and never in a circle. */
const INSERT = `
  INSERT INTO records (patient_id, kind, client_id, starts_at, ends_at, body, created_at)
  SELECT $1, $2, r."clientId", r."startsAt", r."endsAt", r.body, $4 FROM ${INCOMING} ORDER BY r."clientId"
  ON CONFLICT DO NOTHING RETURNING client_id AS "clientId"`;

const SAME = `
  SELECT r."clientId" FROM ${INCOMING}
  JOIN records s ON s.patient_id = $1 AND s.kind = $2 AND s.client_id = r."clientId"
  WHERE s.starts_at = r."startsAt" AND s.ends_at IS NOT DISTINCT FROM r."endsAt" AND s.body = r.body`;

const PAGE = `
  SELECT client_id AS "clientId", starts_at AS "startsAt", body FROM records
  WHERE patient_id = $1 AND kind = $2 AND starts_at >= $3 AND starts_at < $4
    AND (starts_at, client_id) > ($5::timestamptz, $6)
  ORDER BY starts_at, client_id LIMIT $7`;

const DELETE = `
  WITH gone AS (DELETE FROM records WHERE patient_id = $1 AND kind = $2 AND client_id = $3 RETURNING 1)
  SELECT count(*)::int AS count FROM gone`;

const DELETE_ARRIVED = `DELETE FROM records WHERE patient_id = $1 AND created_at = $2 AND body->>'source' = $3`;

type IdRow = { clientId: string };

@Injectable()
export class RecordsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Inserts what is new. Answers the client ids of what was, and of what was stored exactly like this before. */
  async insertNew(
    patientId: string,
    kind: RecordKind,
    records: readonly NewRecord[],
    createdAt: Date,
  ): Promise<{ added: ReadonlySet<string>; same: ReadonlySet<string> }> {
    const rows = JSON.stringify(records);
    const added = await this.dataSource.query<IdRow[]>(INSERT, [patientId, kind, rows, createdAt]);
    const same =
      added.length === records.length ? [] : await this.dataSource.query<IdRow[]>(SAME, [patientId, kind, rows]);
    const isNew = idsOf(added);
    return { added: isNew, same: new Set([...idsOf(same)].filter((id) => !isNew.has(id))) };
  }

  /** Records that start in `[from, to)` after the given one, ascending by start and then by client id. */
  page(
    patientId: string,
    kind: RecordKind,
    range: { from: Date | '-infinity'; to: Date | 'infinity' },
    after: { startsAt: Date; clientId: string } | null,
    limit: number,
  ): Promise<StoredRecord[]> {
    const start = after ? [after.startsAt, after.clientId] : ['-infinity', ''];
    return this.dataSource.query<StoredRecord[]>(PAGE, [patientId, kind, range.from, range.to, ...start, limit]);
  }

  /** True where there was one. */
  async delete(patientId: string, kind: RecordKind, clientId: string): Promise<boolean> {
    const [row] = await this.dataSource.query<{ count: number }[]>(DELETE, [patientId, kind, clientId]);
    return (row?.count ?? 0) > 0;
  }

  async deleteArrived(manager: EntityManager, patientId: string, createdAt: Date, source: string): Promise<void> {
    await manager.query(DELETE_ARRIVED, [patientId, createdAt, source]);
  }
}

const idsOf = (rows: readonly IdRow[]): Set<string> => new Set(rows.map((row) => row.clientId));
