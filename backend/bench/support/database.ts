import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { SystemClock } from '../../src/common/clock.js';
import { Metrics } from '../../src/common/metrics/metrics.js';
import { openDataSource } from '../../src/database/data-source.js';
import { DaysWriter } from '../../src/modules/readings/days.writer.js';
import { SilentBell } from '../../src/modules/readings/due-bell.js';
import { NewestReadings } from '../../src/modules/readings/newest-readings.js';
import { PatientIngestRepository } from '../../src/modules/readings/patient-ingest.repository.js';
import { ReadingsRepository } from '../../src/modules/readings/readings.repository.js';
import { ReadingsService } from '../../src/modules/readings/readings.service.js';
import { SourcesRepository } from '../../src/modules/readings/sources.repository.js';
import { setting } from './measure.js';

export const connect = (connections: number): Promise<DataSource> =>
  openDataSource({ DATABASE_URL: setting('DATABASE_URL'), DATABASE_POOL_SIZE: connections, PROCESS_ROLE: 'worker' });

/** The service that every reading goes through, as an import has it. */
export function readingsService(dataSource: DataSource): ReadingsService {
  const table = new ReadingsRepository(dataSource);
  return new ReadingsService(
    dataSource,
    new SystemClock(),
    new PatientIngestRepository(),
    table,
    new SourcesRepository(),
    new DaysWriter(table),
    new NewestReadings(dataSource),
    new Metrics(),
    new SilentBell(),
  );
}

/** Patients of an organisation or of nobody, in UTC. */
export async function newPatients(
  dataSource: DataSource,
  count: number,
  organisationId: string | null = null,
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await dataSource.query(
    `INSERT INTO patients (id, organisation_id, display_name, synthetic)
     SELECT id, $2, 'Bench ' || row_number() OVER (), true FROM unnest($1::uuid[]) AS id`,
    [ids, organisationId],
  );
  await dataSource.query(
    `INSERT INTO patient_zones (patient_id, valid_from, time_zone)
     SELECT id, '-infinity', 'UTC' FROM unnest($1::uuid[]) AS id`,
    [ids],
  );
  return ids;
}
