import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { Clock } from '../../common/clock.js';
import { cutPage, decodeCursor } from '../../common/pagination.js';
import { type FieldError, Problem } from '../../common/problem.js';
import { type PatientRecord, RECORD_KINDS, type RecordInput, type RecordKind } from './record-kinds.js';
import { type NewRecord, parseRecord } from './record-parser.js';
import { RecordsRepository, type StoredRecord } from './records.repository.js';
import type { RecordsPage, RecordsQuery } from './records.schemas.js';

export interface RejectedRecord {
  /** The place of the row in the request, from 0. */
  readonly index: number;
  readonly code: 'INVALID_ROW' | 'CONFLICT';
  readonly message: string;
  readonly faults: readonly FieldError[];
}

/** What became of the rows: each is accepted, known or rejected. */
export interface RecordsResult {
  readonly accepted: number;
  readonly known: number;
  readonly rejected: readonly RejectedRecord[];
}

const CursorKey = z.tuple([z.iso.datetime(), z.string()]);

const CONFLICT: FieldError = {
  path: 'clientId',
  code: 'CONFLICT',
  message: 'Another record has this clientId; the first one stands.',
};

/** Everything of a patient's record that is no glucose reading. */
@Injectable()
export class RecordsService {
  constructor(
    private readonly records: RecordsRepository,
    private readonly clock: Clock,
  ) {}

  /** Stores what is new among some records of one kind. A resend changes nothing; the first of one client id stands. */
  store<K extends RecordKind>(
    patientId: string,
    kind: K,
    rows: readonly RecordInput<K>[],
    options: { createdAt?: Date } = {},
  ): Promise<RecordsResult> {
    return this.storeRows(patientId, kind, rows, options);
  }

  /** `store` for rows that nobody has looked at. */
  async storeRows(
    patientId: string,
    kind: RecordKind,
    rows: readonly unknown[],
    { createdAt = this.clock.now() }: { createdAt?: Date } = {},
  ): Promise<RecordsResult> {
    const rejected: RejectedRecord[] = [];
    const first = new Map<string, NewRecord>();
    const repeats: { index: number; record: NewRecord }[] = [];
    const indexes = new Map<string, number>();
    for (const [index, row] of rows.entries()) {
      const parsed = parseRecord(kind, row);
      if ('faults' in parsed) rejected.push(invalid(index, parsed.faults));
      else if (first.has(parsed.record.clientId)) repeats.push({ index, record: parsed.record });
      else {
        first.set(parsed.record.clientId, parsed.record);
        indexes.set(parsed.record.clientId, index);
      }
    }

    const { added, same } =
      first.size === 0
        ? { added: new Set<string>(), same: new Set<string>() }
        : await this.records.insertNew(patientId, kind, [...first.values()], createdAt);
    const stands = (record: NewRecord): boolean => added.has(record.clientId) || same.has(record.clientId);
    for (const [clientId, record] of first) if (!stands(record)) rejected.push(conflict(indexes.get(clientId) ?? 0));
    let known = same.size;
    for (const { index, record } of repeats) {
      const earlier = first.get(record.clientId);
      if (earlier && stands(earlier) && JSON.stringify(earlier) === JSON.stringify(record)) known++;
      else rejected.push(conflict(index));
    }
    return { accepted: added.size, known, rejected: rejected.sort((a, b) => a.index - b.index) };
  }

  /** A page of records of one kind, ascending by start. */
  async page(patientId: string, kind: RecordKind, query: RecordsQuery): Promise<RecordsPage> {
    const key = decodeCursor(query.cursor, CursorKey);
    const rows = await this.records.page(
      patientId,
      kind,
      { from: query.from ? new Date(query.from) : '-infinity', to: query.to ? new Date(query.to) : 'infinity' },
      key && { startsAt: new Date(key[0]), clientId: key[1] },
      query.limit + 1,
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (last) => [last.startsAt.toISOString(), last.clientId]);
    return { items: items.map((row) => toRecord(kind, row)), nextCursor };
  }

  async delete(patientId: string, kind: RecordKind, clientId: string): Promise<void> {
    if (!(await this.records.delete(patientId, kind, clientId))) throw new Problem('NOT_FOUND', 'No such record.');
  }

  /** Removes what came from a source at one instant, within a transaction of the caller's. */
  async withdraw(
    manager: EntityManager,
    patientId: string,
    { createdAt, source }: { createdAt: Date; source: string },
  ): Promise<void> {
    await this.records.deleteArrived(manager, patientId, createdAt, source);
  }
}

/** A stored or storable record as it goes out. */
export const toRecord = (kind: RecordKind, { clientId, startsAt, body }: StoredRecord): PatientRecord =>
  RECORD_KINDS[kind].output.parse({ kind, clientId, startsAt: startsAt.toISOString(), ...body });

const invalid = (index: number, faults: readonly FieldError[]): RejectedRecord => ({
  index,
  code: 'INVALID_ROW',
  message: faults.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
  faults,
});

const conflict = (index: number): RejectedRecord => ({
  index,
  code: 'CONFLICT',
  message: CONFLICT.message,
  faults: [CONFLICT],
});
