import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { ReadingsModule } from '../../../src/modules/readings/readings.module.js';
import { ReadingsService } from '../../../src/modules/readings/readings.service.js';
import { TimeZonesService } from '../../../src/modules/readings/time-zones.service.js';
import { NightsService } from '../../../src/modules/nights/nights.service.js';
import { NightsModule } from '../../../src/modules/nights/nights.module.js';
import { newPatient } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { mgdl } from '../readings/setup.js';
import { withOwnDatabase } from '../../support/own-database.js';

let test: TestApp;
let nights: NightsService;
const own = withOwnDatabase(() => undefined);

beforeAll(async () => {
  const url = await own.open();
  test = await createTestApp({ DATABASE_URL: url, PROCESS_ROLE: 'worker', SEED_DEMO: 'false' });
  nights = test.app.select(NightsModule).get(NightsService);
});
afterAll(async () => {
  await test.close();
  await own.close();
});

const readings = () => test.app.select(ReadingsModule).get(ReadingsService);
const zonesService = () => test.app.select(ReadingsModule).get(TimeZonesService);

async function patientWith(timeZone: string, instants: readonly string[]): Promise<string> {
  const { id } = await newPatient(test.dataSource, { timeZone });
  test.clock.stopAt(instants.at(-1) ?? '2026-01-01T00:00:00Z');
  await readings().ingest(
    id,
    'sensor',
    instants.map((at, index) => mgdl(at, 100 + index)),
  );
  return id;
}

interface NightRow {
  readonly through: string;
  readonly repaired: number;
}
async function nightOf(patientId: string): Promise<NightRow | undefined> {
  const [row] = await test.dataSource.query<NightRow[]>(
    `SELECT closed_through::text AS through, repaired_days AS repaired FROM patient_nights WHERE patient_id = $1`,
    [patientId],
  );
  return row;
}
const projection = (patientId: string) =>
  test.dataSource.query<unknown[]>('SELECT * FROM glucose_days WHERE patient_id = $1 ORDER BY day', [patientId]);

async function closeAt(instant: string, ...patientIds: string[]) {
  test.clock.stopAt(instant);
  await nights.close(patientIds);
}

describe('closing days', () => {
  it.each([
    // Midnight in Berlin is 22:00 UTC in summer, 23:00 in winter; a day is closed three hours after it.
    { zone: 'Europe/Berlin', at: '2026-06-11T00:59:59Z', through: '2026-06-09' },
    { zone: 'Europe/Berlin', at: '2026-06-11T01:00:00Z', through: '2026-06-10' },
    { zone: 'Europe/Berlin', at: '2026-12-11T01:00:00Z', through: '2026-12-09' },
    // The days of the change of clocks have 23 and 25 hours.
    { zone: 'Europe/Berlin', at: '2026-03-29T01:59:59Z', through: '2026-03-27' },
    { zone: 'Europe/Berlin', at: '2026-03-30T01:00:00Z', through: '2026-03-29' },
    { zone: 'Europe/Berlin', at: '2026-10-26T01:59:59Z', through: '2026-10-24' },
    { zone: 'Europe/Berlin', at: '2026-10-26T02:00:00Z', through: '2026-10-25' },
    { zone: 'Pacific/Kiritimati', at: '2026-06-10T13:00:00Z', through: '2026-06-10' },
    { zone: 'Pacific/Honolulu', at: '2026-06-10T12:59:59Z', through: '2026-06-08' },
  ])('has closed $through in $zone at $at', async ({ zone, at, through }) => {
    const patient = await patientWith(zone, ['2026-03-01T12:00:00Z']);
    await closeAt(at, patient);
    expect((await nightOf(patient))?.through).toBe(through);
  });

  it('catches up with every day that was missed, and proves the stored days', async () => {
    const instants = Array.from({ length: 20 }, (_, day) => new Date(Date.UTC(2026, 5, 1 + day, 12)).toISOString());
    const patient = await patientWith('Asia/Kolkata', instants);
    await closeAt('2026-06-05T00:00:00Z', patient);
    expect(await nightOf(patient)).toEqual({ through: '2026-06-04', repaired: 0 });
    const right = await projection(patient);

    await test.dataSource.query(
      `UPDATE glucose_days SET count = count + 1 WHERE patient_id = $1 AND day IN ('2026-06-02', '2026-06-07', '2026-06-09')`,
      [patient],
    );
    await test.dataSource.query(`DELETE FROM glucose_days WHERE patient_id = $1 AND day = '2026-06-11'`, [patient]);
    await test.dataSource.query(
      `INSERT INTO glucose_days SELECT (jsonb_populate_record(d, '{"day": "2026-06-30"}')).* FROM glucose_days d
       WHERE patient_id = $1 AND day = '2026-06-08'`,
      [patient],
    );
    await closeAt('2026-07-15T00:00:00Z', patient);
    // The second of June was closed before it was spoilt.
    expect(await nightOf(patient)).toEqual({ through: '2026-07-14', repaired: 4 });
    await test.dataSource.query(
      `UPDATE glucose_days SET count = count - 1 WHERE patient_id = $1 AND day = '2026-06-02'`,
      [patient],
    );
    expect(await projection(patient)).toEqual(right);
    await closeAt('2026-07-15T00:10:00Z', patient);
    expect(await nightOf(patient)).toEqual({ through: '2026-07-14', repaired: 4 });
  });

  it('closes a day again that a move westward over the date line brings back', async () => {
    const patient = await patientWith('Pacific/Auckland', ['2026-06-01T00:00:00Z']);
    await closeAt('2026-06-10T16:00:00Z', patient);
    expect((await nightOf(patient))?.through).toBe('2026-06-10');
    await zonesService().change(patient, { validFrom: '2026-06-10T16:00:00Z', timeZone: 'Pacific/Honolulu' });
    await closeAt('2026-06-10T20:00:00Z', patient);
    expect((await nightOf(patient))?.through).toBe('2026-06-09');
    await closeAt('2026-06-11T13:00:00Z', patient);
    expect((await nightOf(patient))?.through).toBe('2026-06-10');
  });

  it('goes on with the others where one patient cannot be closed', async () => {
    const broken = await patientWith('UTC', ['2026-06-01T00:00:00Z']);
    const fine = await patientWith('UTC', ['2026-06-01T00:00:00Z']);
    await test.dataSource.query(`UPDATE patient_zones SET time_zone = 'Nowhere/Atall' WHERE patient_id = $1`, [broken]);
    await expect(closeAt('2026-06-10T12:00:00Z', broken, fine)).rejects.toThrow('Invalid time zone');
    expect((await nightOf(fine))?.through).toBe('2026-06-09');
    await test.dataSource.query(`UPDATE patient_zones SET time_zone = 'UTC' WHERE patient_id = $1`, [broken]);
  });
});

it('asks in each hour for the patients whose night it is, many to a job, and the worker closes their days', async () => {
  const berlin: string[] = [];
  while (berlin.length < 130) berlin.push(await patientWith('Europe/Berlin', ['2026-08-01T12:00:00Z']));
  const tokyo = await patientWith('Asia/Tokyo', ['2026-08-01T12:00:00Z']);
  test.clock.stopAt('2026-08-20T12:00:00Z');
  await nights.begin();
  // One question: the worker beside it needs the same few connections.
  const through = async (ids: readonly string[]) => {
    const rows = await test.dataSource.query<{ through: string | null }[]>(
      `SELECT DISTINCT n.closed_through::text AS through
       FROM unnest($1::uuid[]) AS id LEFT JOIN patient_nights n ON n.patient_id = id`,
      [ids],
    );
    return rows.map((row) => row.through).join();
  };
  await eventually(async () => (await through([...berlin, tokyo])) === '2026-08-19');

  const queue = test.app.get<Queue>(getQueueToken('maintenance'), { strict: false });
  const jobsFor = async (patient: string) =>
    (await queue.getJobs(['waiting', 'prioritized', 'active', 'completed'])).filter(
      ({ name, data }) => name === 'nights.close' && data.payload.patientIds.includes(patient),
    );
  test.clock.stopAt('2026-08-20T18:30:00Z');
  await queue.pause();
  await nights.begin();
  await nights.begin();
  await queue.resume();
  await eventually(async () => (await through([tokyo])) === '2026-08-20');
  expect(await through(berlin)).toBe('2026-08-19');
  expect(await jobsFor(tokyo)).toHaveLength(2);
  expect(await jobsFor(berlin[0] ?? '')).toHaveLength(1);
  expect(new Set((await Promise.all(berlin.map(jobsFor))).flat().map(({ id }) => id)).size).toBeLessThanOrEqual(3);
});

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await condition());) {
    if (Date.now() > end) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
