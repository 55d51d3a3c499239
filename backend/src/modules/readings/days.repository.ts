import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryPrepared } from '../../database/prepared.js';
import { SAMPLE_BYTES, unpackDays } from '../../domain/glycemia/day-samples.js';
import { parseIsoDay } from '../../domain/time/zone.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import { isoDay } from '../../domain/time/zone.js';
import { PatientIngestRepository } from './patient-ingest.repository.js';

/** A stored local day: its packed canonical samples, ready for `unpackDays`. */
export interface StoredDay {
  /** Days from 1970-01-01 to the local date. */
  readonly day: number;
  /** Seconds since the epoch. */
  readonly startsAt: number;
  readonly lengthSeconds: number;
  readonly intervalSeconds: number;
  readonly coveredSeconds: number;
  readonly count: number;
  readonly samples: Uint8Array;
}

/** The newest sample of the canonical series. */
export interface LastSample {
  /** Seconds since the epoch. */
  readonly instant: number;
  readonly tenths: number;
  /** `FLAG_*` bits of `units.ts`. */
  readonly flags: number;
}

const DAYS = {
  name: 'days-of-patient',
  text: `
  SELECT day::text AS day, extract(epoch FROM starts_at)::float8 AS "startsAt", length_seconds AS "lengthSeconds",
    interval_seconds AS "intervalSeconds", covered_seconds AS "coveredSeconds", count, samples
  FROM glucose_days WHERE patient_id = $1 AND day BETWEEN $2::date AND $3::date ORDER BY day`,
};

const LAST_SAMPLE_COLUMNS = `extract(epoch FROM starts_at)::float8 AS "startsAt",
  substring(samples FROM octet_length(samples) - ${SAMPLE_BYTES - 1}) AS samples`;

export function lastSampleOf(day: { startsAt: number; samples: Uint8Array } | undefined): LastSample | null {
  if (!day) return null;
  const { instants, tenths, flags } = unpackDays([day]);
  return { instant: instants[0] ?? 0, tenths: tenths[0] ?? 0, flags: flags[0] ?? 0 };
}

const LAST_OF_MANY = `
  SELECT patient.id AS "patientId", newest.*
  FROM unnest($1::uuid[]) AS patient (id)
  CROSS JOIN LATERAL (
    SELECT ${LAST_SAMPLE_COLUMNS} FROM glucose_days WHERE patient_id = patient.id ORDER BY day DESC LIMIT 1
  ) newest`;

/** The read side of the projected days. Day numbers are those of `domain/time`. */
@Injectable()
export class DaysRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ingestState: PatientIngestRepository,
  ) {}

  /** The stored days from `firstDay` to `lastDay`, both included, ascending. Days without samples have no row. */
  async daysOf(patientId: string, firstDay: number, lastDay: number): Promise<StoredDay[]> {
    const rows = await queryPrepared<Omit<StoredDay, 'day'> & { day: string }>(this.dataSource, DAYS, [
      patientId,
      isoDay(firstDay),
      isoDay(lastDay),
    ]);
    return rows.map((row) => ({ ...row, day: parseIsoDay(row.day) }));
  }

  /** The newest canonical sample of each of some patients, by id. A patient without samples is absent. */
  async lastSamples(patientIds: readonly string[]): Promise<Map<string, LastSample>> {
    const rows = await this.dataSource.query<{ patientId: string; startsAt: number; samples: Uint8Array }[]>(
      LAST_OF_MANY,
      [patientIds],
    );
    return new Map(
      rows.flatMap((row) => [lastSampleOf(row)].flatMap((sample) => (sample ? [[row.patientId, sample]] : []))),
    );
  }

  /** The zones a patient lived in, ascending. */
  async zonesOf(patientId: string): Promise<ZoneHistory> {
    return (await this.ingestState.context(this.dataSource.manager, patientId)).zones;
  }
}
