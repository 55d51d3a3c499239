import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Span } from '../../domain/glycemia/day-calendar.js';
import type { StoredReading } from './reading.js';

/** One reading: 8 bytes of microseconds since 2000, then source, tenths and flags (with the unit), 2 bytes each. */
const PACKED_BYTES = 14;
const EPOCH_2000_MS = Date.UTC(2000, 0, 1);

const PACKED = `string_agg(timestamptz_send(r.measured_at) || int2send(r.source_id) || int2send(r.tenths)
  || int2send((r.flags | r.unit)::int2), ''::bytea)`;

const IN_SPANS = `
  SELECT ${PACKED} AS packed
  FROM unnest($2::float8[], $3::float8[]) AS span (from_second, until_second)
  CROSS JOIN LATERAL (
    SELECT measured_at, source_id, tenths, unit, flags FROM glucose_readings
    WHERE patient_id = $1 AND measured_at >= to_timestamp(span.from_second)
      AND measured_at < to_timestamp(span.until_second)
  ) r`;

const ALL = `SELECT ${PACKED} AS packed FROM glucose_readings r WHERE r.patient_id = $1`;

/** The unit is bit 1 of the flags everywhere but in the table. */
const INSERT = `
  INSERT INTO glucose_readings (patient_id, measured_at, received_at, source_id, tenths, unit, flags)
  SELECT $1, to_timestamp(at), $2, source, tenths, flags & 1, flags & ~1
  FROM unnest($3::float8[], $4::int2[], $5::int2[], $6::int2[]) AS reading (at, source, tenths, flags)`;

const PAGE = `
  SELECT (extract(epoch FROM r.measured_at) * 1000)::float8 AS at, r.source_id AS source, s.name AS "sourceName",
    r.tenths, r.unit | r.flags AS flags
  FROM glucose_readings r JOIN sources s ON s.patient_id = r.patient_id AND s.id = r.source_id
  WHERE r.patient_id = $1 AND r.measured_at >= $2 AND r.measured_at < $3
    AND (r.measured_at, r.source_id) > (to_timestamp($4::float8), $5::int2)
  ORDER BY r.measured_at, r.source_id LIMIT $6`;

export interface ListedReading extends StoredReading {
  readonly sourceName: string;
}

/** An array parameter as PostgreSQL writes it. The driver's own conversion quotes each number. */
const array = (numbers: readonly number[]): string => `{${numbers.join(',')}}`;

/** The table of readings. */
@Injectable()
export class ReadingsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Every reading of a patient within some stretches of time, in no order. */
  async inSpans(manager: EntityManager, patientId: string, spans: readonly Span[]): Promise<StoredReading[]> {
    const [row] = await manager.query<{ packed: Buffer | null }[]>(IN_SPANS, [
      patientId,
      array(spans.map((span) => span.from)),
      array(spans.map((span) => span.until)),
    ]);
    return unpack(row?.packed ?? null);
  }

  /** Every reading of a patient, in no order. */
  async all(manager: EntityManager, patientId: string): Promise<StoredReading[]> {
    const [row] = await manager.query<{ packed: Buffer | null }[]>(ALL, [patientId]);
    return unpack(row?.packed ?? null);
  }

  /** Inserts readings that are known to be new, under the patient's lock. */
  async insertNew(
    manager: EntityManager,
    patientId: string,
    receivedAt: Date,
    readings: readonly StoredReading[],
  ): Promise<void> {
    await manager.query(INSERT, [
      patientId,
      receivedAt,
      array(readings.map((reading) => reading.at / 1000)),
      array(readings.map((reading) => reading.source)),
      array(readings.map((reading) => reading.tenths)),
      array(readings.map((reading) => reading.flags)),
    ]);
  }

  /** Readings in `[from, to)` after the given one, ascending by instant and then by source. */
  async page(
    patientId: string,
    range: { from: Date | '-infinity'; to: Date | 'infinity' },
    after: { at: number; source: number } | null,
    limit: number,
  ): Promise<ListedReading[]> {
    const start = after ? [after.at / 1000, after.source] : ['-Infinity', 0];
    return this.dataSource.query<ListedReading[]>(PAGE, [patientId, range.from, range.to, ...start, limit]);
  }
}

function unpack(packed: Buffer | null): StoredReading[] {
  if (!packed) return [];
  return Array.from({ length: packed.length / PACKED_BYTES }, (_, row) => {
    const offset = row * PACKED_BYTES;
    // Two halves instead of a BigInt: exact up to 2^53 microseconds, 285 years around 2000.
    const microseconds = packed.readInt32BE(offset) * 2 ** 32 + packed.readUInt32BE(offset + 4);
    return {
      at: EPOCH_2000_MS + Math.floor(microseconds / 1000),
      source: packed.readInt16BE(offset + 8),
      tenths: packed.readInt16BE(offset + 10),
      flags: packed.readInt16BE(offset + 12),
    };
  });
}
