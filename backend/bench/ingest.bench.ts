import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { NewReading } from '../src/modules/readings/reading.js';
import { connect, newPatients, readingsService } from './support/database.js';
import { HttpClient } from './support/http-client.js';
import { inParallel, quantile, secondsOf, setting } from './support/measure.js';
import { type Person, register } from './support/people.js';
import { sensorReadings, toWire } from './support/readings.js';

const CONNECTIONS = 4;
const ROUNDS = 5;
const PATIENTS = 12;
const ROWS = 10_000;
const IMPORT_BATCH = 5_000;
const START = Date.UTC(2024, 0, 1);

const SINGLE_CONNECTIONS = 50;
const WARM_UP_SECONDS = 3;
const SINGLE_SECONDS = 10;

const authorization = ({ token }: Person) => ({ authorization: `Bearer ${token}` });

const BARE = `
  INSERT INTO glucose_readings (patient_id, measured_at, received_at, source_id, tenths, unit, flags)
  SELECT $1, to_timestamp(at), now(), 1, tenths, 0, 0 FROM unnest($2::float8[], $3::int2[]) AS r (at, tenths)`;

const READINGS = sensorReadings(START, ROWS);

const NEW_READINGS: readonly NewReading[] = READINGS.map(({ at, mgdl }) => ({
  at,
  tenths: mgdl * 10,
  unit: 'mg/dL',
  kind: 'cgm',
  censored: null,
}));

/** The same rows into the same table, with nothing looked at and no days made. */
async function bareInserts(dataSource: DataSource): Promise<number> {
  const patients = await newPatients(dataSource, PATIENTS);
  const batches = [0, IMPORT_BATCH].map((from) => {
    const batch = READINGS.slice(from, from + IMPORT_BATCH);
    return [`{${batch.map(({ at }) => at / 1000).join(',')}}`, `{${batch.map(({ mgdl }) => mgdl * 10).join(',')}}`];
  });
  const clients = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = new Client({ connectionString: setting('DATABASE_URL') });
      await client.connect();
      return client;
    }),
  );
  const seconds = await secondsOf(() =>
    inParallel(CONNECTIONS, patients, async (patient) => {
      const client = clients.shift();
      if (!client) throw new Error('more workers than connections');
      for (const batch of batches) await client.query(BARE, [patient, ...batch]);
      clients.push(client);
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  return (PATIENTS * ROWS) / seconds;
}

async function imports(dataSource: DataSource): Promise<number> {
  const service = readingsService(dataSource);
  const patients = await newPatients(dataSource, PATIENTS);
  const seconds = await secondsOf(() =>
    inParallel(CONNECTIONS, patients, async (patient) => {
      for (let from = 0; from < ROWS; from += IMPORT_BATCH) {
        await service.ingest(patient, 'import', NEW_READINGS.slice(from, from + IMPORT_BATCH));
      }
    }),
  );
  return (PATIENTS * ROWS) / seconds;
}

async function httpBatches(http: HttpClient): Promise<number> {
  const people: Person[] = [];
  for (let i = 0; i < PATIENTS; i++) people.push(await register(http));
  const body = JSON.stringify({ readings: READINGS.map(toWire) });
  const seconds = await secondsOf(() =>
    inParallel(CONNECTIONS, people, async (person) => {
      const answer = await http.send('POST', '/api/v1/patients/me/readings', authorization(person), body);
      if (answer.status !== 200 || !answer.text.includes(`"accepted":${ROWS},`))
        throw new Error(`HTTP ${answer.status}`);
    }),
  );
  return (PATIENTS * ROWS) / seconds;
}

/** Everybody sends one reading after the other, each five minutes after the one before. */
async function singles(http: HttpClient) {
  const people: Person[] = [];
  for (let i = 0; i < SINGLE_CONNECTIONS; i++) people.push(await register(http));
  const times: number[] = [];
  const senders = people.map((person) => ({ person, readings: sensorReadings(START, 20_000).values() }));
  const send = async ({ person, readings }: (typeof senders)[number], until: number, keep: boolean) => {
    while (performance.now() < until) {
      const { value: reading } = readings.next();
      if (!reading) throw new Error('more readings were sent than there are');
      const start = performance.now();
      const body = JSON.stringify(toWire(reading));
      const { status } = await http.send('POST', '/api/v1/patients/me/readings', authorization(person), body);
      if (status !== 201) throw new Error(`HTTP ${status}`);
      if (keep) times.push(performance.now() - start);
    }
  };
  const sendFor = (seconds: number, keep: boolean) => {
    const until = performance.now() + seconds * 1000;
    return Promise.all(senders.map((sender) => send(sender, until, keep)));
  };
  await sendFor(WARM_UP_SECONDS, false);
  const seconds = await secondsOf(() => sendFor(SINGLE_SECONDS, true));
  return { perSecond: times.length / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** Bulk in rounds with the bare statement between, since a machine is not equally fast all the time. */
export async function run(): Promise<object[]> {
  const http = new HttpClient(setting('API_URL'), SINGLE_CONNECTIONS);
  const dataSource = await connect(CONNECTIONS);
  try {
    const bare: number[] = [];
    const imported: number[] = [];
    const posted: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const rates = [await bareInserts(dataSource), await imports(dataSource), await httpBatches(http)] as const;
      if (round === 0) continue;
      bare.push(rates[0]);
      imported.push(rates[1]);
      posted.push(rates[2]);
    }
    const rate = (values: readonly number[]) => Math.round(quantile(values, 0.5));
    const ratio = (values: readonly number[]) =>
      quantile(
        values.map((value, i) => value / (bare[i] ?? Number.NaN)),
        0.5,
      );
    const { perSecond, p50, p99 } = await singles(http);
    return [
      { what: 'bare INSERT … SELECT unnest', rowsPerSecond: rate(bare), ratio: 1 },
      {
        what: 'import, batches of 5,000',
        rowsPerSecond: rate(imported),
        ratio: ratio(imported),
        wanted: 'ratio ≥ 0.5',
      },
      { what: 'HTTP, requests of 10,000', rowsPerSecond: rate(posted), ratio: ratio(posted), wanted: 'ratio ≥ 0.4' },
      {
        what: `single readings, ${SINGLE_CONNECTIONS} connections`,
        requestsPerSecond: perSecond,
        p50Ms: p50,
        p99Ms: p99,
        wanted: '≥ 700/s, p99 < 100 ms',
      },
    ];
  } finally {
    http.close();
    await dataSource.destroy();
  }
}
