import { performance } from 'node:perf_hooks';
import { Clock, SystemClock } from '../src/common/clock.js';
import { LiveEvents } from '../src/modules/live/live-events.js';
import { IssuingRepository } from '../src/modules/ml/forecasts/issuing.repository.js';
import { IssuingService } from '../src/modules/ml/forecasts/issuing.service.js';
import { seedClinic } from './support/clinic.js';
import { connect } from './support/database.js';
import { secondsOf, setting } from './support/measure.js';

const PATIENTS = 1_000;
const DAYS = 3;

/** A forecast each five minutes of the last 30 hours, as though they had been issued: intervals follow what came of them. */
const LATELY = `
  INSERT INTO forecasts (patient_id, based_on, issued_at, model, version, quantiles, low_within_30, low_within_60, medians)
  SELECT i.patient_id, i.last_reading_at - n * interval '5 minutes', $1, 'ridge', '1',
    array_fill(1400, ARRAY[27])::smallint[], 0.01, 0.02, '{1400,1400,1400,1400}'
  FROM patient_ingest i, generate_series(2, 360) AS n`;

/** What forecasts cost that are issued and kept: a sweep over a thousand people with fresh readings, and one with nothing to do. */
export async function run(): Promise<object[]> {
  if (!setting('DATABASE_URL')) return [];
  const dataSource = await connect(4);
  try {
    await seedClinic(dataSource, PATIENTS, DAYS);
    const clock: Clock = new SystemClock();
    const issuing = new IssuingService(
      dataSource,
      clock,
      new IssuingRepository(dataSource),
      new LiveEvents(dataSource, clock),
    );
    // Statements are planned and code is warm from here on; what the first sweep kept is forgotten.
    await issuing.sweep();
    await dataSource.query('TRUNCATE forecasts');
    await dataSource.query(LATELY, [clock.now()]);
    await dataSource.query('ANALYZE forecasts');
    const cpuBefore = process.cpuUsage();
    const started = performance.now();
    await issuing.sweep();
    const milliseconds = performance.now() - started;
    const cpu = process.cpuUsage(cpuBefore);
    const [{ all, kept, bytes }] = await dataSource.query(
      `SELECT count(*)::int AS all, (count(*) FILTER (WHERE model = 'network'))::int AS kept,
         pg_total_relation_size('forecasts')::float8 AS bytes FROM forecasts`,
    );
    const idle = await secondsOf(() => issuing.sweep());
    return [
      { what: 'a sweep that issues', kept, milliseconds, millisecondsEach: milliseconds / kept },
      { what: 'processor time of the worker', millisecondsEach: (cpu.user + cpu.system) / 1000 / kept },
      { what: 'a sweep with nothing to do', milliseconds: idle * 1000 },
      { what: 'stored', bytesEach: bytes / all },
    ];
  } finally {
    await dataSource.destroy();
  }
}
