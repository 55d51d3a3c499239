import { hash } from '@node-rs/argon2';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { NewReading } from '../../src/modules/readings/reading.js';
import { newPatients, readingsService } from './database.js';
import { inParallel } from './measure.js';
import { sensorReadings } from './readings.js';

export const PASSWORD = 'a password for benchmarks';
const STEP_MS = 300_000;
const READINGS_PER_DAY = 288;
/** So many patients go through the service; the others are given their rows, which is the same and quicker. */
const TEMPLATES = 20;

export interface Clinic {
  readonly email: string;
  readonly password: string;
  readonly patientIds: readonly string[];
  readonly readings: number;
}

/** A statement that gives patients `$2` what patient `$1` has in a table. */
export const copyOf = (table: string, columns: readonly string[]): string => `
  INSERT INTO ${table} (patient_id, ${columns.join(', ')})
  SELECT copy.id, ${columns.map((column) => `t.${column}`).join(', ')}
  FROM unnest($2::uuid[]) AS copy (id) JOIN ${table} t ON t.patient_id = $1`;

/** A clinic with one clinician. Every patient wore a sensor for `days` days up to now. */
export async function seedClinic(dataSource: DataSource, patients: number, days: number): Promise<Clinic> {
  const organisationId = randomUUID();
  await dataSource.query(`INSERT INTO organisations (id, name) VALUES ($1, 'Bench clinic')`, [organisationId]);
  const email = await newClinician(dataSource, organisationId);
  const patientIds = await newPatients(dataSource, patients, organisationId);
  const templates = patientIds.slice(0, TEMPLATES);
  const count = days * READINGS_PER_DAY;
  const end = Math.floor(Date.now() / STEP_MS) * STEP_MS;
  await inParallel(4, [...templates.entries()], ([seed, id]) =>
    ingest(dataSource, id, end - (count - 1) * STEP_MS, count, seed + 1),
  );
  const tables = await Promise.all(
    ['sources', 'patient_ingest', 'glucose_readings', 'glucose_days'].map(async (table) =>
      copyOf(table, await columnsOf(dataSource, table)),
    ),
  );
  await inParallel(2, [...templates.entries()], async ([index, template]) => {
    const copies = patientIds.filter((_, i) => i >= TEMPLATES && i % TEMPLATES === index);
    for (const sql of tables) await dataSource.query(sql, [template, copies]);
  });
  await dataSource.query('VACUUM (ANALYZE) glucose_readings, glucose_days, patients, patient_zones, patient_ingest');
  return { email, password: PASSWORD, patientIds, readings: patients * count };
}

export async function newClinician(dataSource: DataSource, organisationId: string): Promise<string> {
  const userId = randomUUID();
  const email = `${userId}@bench.example.org`;
  await dataSource.query(`INSERT INTO users (id, email, password_hash, display_name) VALUES ($1, $2, $3, 'Bench')`, [
    userId,
    email,
    await hash(PASSWORD),
  ]);
  await dataSource.query(`INSERT INTO memberships (organisation_id, user_id, role) VALUES ($1, $2, 'clinician')`, [
    organisationId,
    userId,
  ]);
  return email;
}

async function ingest(dataSource: DataSource, patientId: string, from: number, count: number, seed: number) {
  const service = readingsService(dataSource);
  const rows: NewReading[] = sensorReadings(from, count, seed).map(({ at, mgdl }) => ({
    at,
    tenths: mgdl * 10,
    unit: 'mg/dL',
    kind: 'cgm',
    censored: null,
  }));
  for (let start = 0; start < count; start += 5_000) {
    await service.ingest(patientId, 'sensor', rows.slice(start, start + 5_000));
  }
}

/** The columns of a table beside the patient. */
export async function columnsOf(dataSource: DataSource, table: string): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema AND table_name = $1 AND column_name <> 'patient_id' ORDER BY ordinal_position`,
    [table],
  );
  return rows.map((row) => row.name);
}
