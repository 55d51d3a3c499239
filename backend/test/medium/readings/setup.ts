import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Clock } from '../../../src/common/clock.js';
import { Metrics } from '../../../src/common/metrics/metrics.js';
import { openDataSource } from '../../../src/database/data-source.js';
import { DaysRebuild } from '../../../src/modules/readings/days.rebuild.js';
import { DaysRepository } from '../../../src/modules/readings/days.repository.js';
import { DaysWriter } from '../../../src/modules/readings/days.writer.js';
import { SilentBell } from '../../../src/modules/readings/due-bell.js';
import { NewestReadings } from '../../../src/modules/readings/newest-readings.js';
import { PatientIngestRepository } from '../../../src/modules/readings/patient-ingest.repository.js';
import type { NewReading } from '../../../src/modules/readings/reading.js';
import { ReadingsRepository } from '../../../src/modules/readings/readings.repository.js';
import { ReadingsService } from '../../../src/modules/readings/readings.service.js';
import { SourcesRepository } from '../../../src/modules/readings/sources.repository.js';
import { SourcesService } from '../../../src/modules/readings/sources.service.js';
import { TimeZonesService } from '../../../src/modules/readings/time-zones.service.js';

export class FixedClock extends Clock {
  constructor(private readonly instant: string) {
    super();
  }
  override now(): Date {
    return new Date(this.instant);
  }
}

/** The services around readings on a real database, at a fixed time. */
export async function openReadings({ now = '2026-06-15T12:00:00Z', connections = 4 } = {}) {
  const url = process.env['DATABASE_URL'] ?? '';
  const dataSource = await openDataSource({
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: connections,
    PROCESS_ROLE: 'api',
  });
  const clock = new FixedClock(now);
  const state = new PatientIngestRepository();
  const table = new ReadingsRepository(dataSource);
  const writer = new DaysWriter(table);
  const bell = new SilentBell();
  const sourcesTable = new SourcesRepository();
  const readings = new ReadingsService(
    dataSource,
    clock,
    state,
    table,
    sourcesTable,
    writer,
    new NewestReadings(dataSource),
    new Metrics(),
    bell,
  );
  const rebuild = new DaysRebuild(dataSource, state, writer, clock, bell);
  const sources = new SourcesService(dataSource, sourcesTable, rebuild);
  const zones = new TimeZonesService(dataSource, state, rebuild);
  const days = new DaysRepository(dataSource, state);
  const newPatientIn = (timeZone = 'UTC') => newPatient(dataSource, timeZone);
  return { dataSource, clock, readings, days, rebuild, sources, zones, newPatient: newPatientIn };
}

async function newPatient(dataSource: DataSource, timeZone: string): Promise<string> {
  const id = randomUUID();
  await dataSource.query(`INSERT INTO patients (id, display_name) VALUES ($1, 'Sam Example')`, [id]);
  await dataSource.query(`INSERT INTO patient_zones VALUES ($1, '-infinity', $2)`, [id, timeZone]);
  return id;
}

/** A sensor reading in mg/dL. */
export const mgdl = (at: string, value: number, more: Partial<NewReading> = {}): NewReading => ({
  at: Date.parse(at),
  tenths: value * 10,
  unit: 'mg/dL',
  kind: 'cgm',
  censored: null,
  ...more,
});

/** A sensor reading in mmol/L. */
export const mmol = (at: string, value: number, more: Partial<NewReading> = {}): NewReading =>
  mgdl(at, 0, { tenths: Math.round(value * 10), unit: 'mmol/L', ...more });
