import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { Costs } from './support/costs.js';
import { columnsOf, copyOf, newClinician, PASSWORD } from './support/clinic.js';
import { connect, readingsService } from './support/database.js';
import { HttpClient } from './support/http-client.js';
import { type Heard, listenLive } from './support/live-alerts.js';
import { inParallel, quantile, setting } from './support/measure.js';
import { type Device, newDevices } from './support/wearers.js';

const PATIENTS = Number(process.env['BENCH_PATIENTS'] ?? 12_000);
const A_SECOND = 200;
/** Every tenth goes low. */
const CROSSING = 10;
const WARM_UP = 1_000;
const HISTORY_HOURS = 12;
const STEP_MS = 300_000;
const CALM_MGDL = 120;
const LOW_MGDL = 65;
const PATIENCE_SECONDS = 30;

/** Half a day of calm readings of one person, looked at by the alerts, then copied to everybody. */
async function giveHistory(dataSource: DataSource, devices: readonly Device[]): Promise<void> {
  const [first, ...others] = devices;
  if (!first) return;
  const count = (HISTORY_HOURS * 3_600_000) / STEP_MS;
  const newest = Date.now() - STEP_MS;
  const rows = Array.from({ length: count }, (_, index) => ({
    at: newest - (count - 1 - index) * STEP_MS,
    tenths: (CALM_MGDL + (index % 3)) * 10,
    unit: 'mg/dL' as const,
    kind: 'cgm' as const,
    censored: null,
  }));
  await readingsService(dataSource).ingest(first.patientId, 'phone', rows);
  const looked = () => dataSource.query<object[]>('SELECT FROM alert_state WHERE patient_id = $1', [first.patientId]);
  for (let waited = 0; (await looked()).length === 0; waited++) {
    if (waited > 300) throw new Error('the alerts did not look at the first patient');
    await sleep(100);
  }
  for (const table of ['sources', 'patient_ingest', 'glucose_readings', 'glucose_days', 'alert_state']) {
    const copy = copyOf(table, await columnsOf(dataSource, table));
    const slices = Array.from({ length: Math.ceil(others.length / 1_000) }, (_, i) =>
      others.slice(i * 1_000, (i + 1) * 1_000),
    );
    await inParallel(2, slices, (slice) =>
      dataSource.query(copy, [first.patientId, slice.map(({ patientId }) => patientId)]),
    );
  }
  await dataSource.query(
    'VACUUM (ANALYZE) glucose_readings, glucose_days, patients, patient_zones, patient_ingest, alert_state',
  );
}

/** Milliseconds from a bare NOTIFY of one connection to its arrival at another, ten times a second until told to stop. */
async function bareNotifications(until: AbortSignal): Promise<number[]> {
  const [sender, listener] = [0, 1].map(() => new Client({ connectionString: setting('DATABASE_URL') }));
  if (!sender || !listener) throw new Error('unreachable');
  await Promise.all([sender.connect(), listener.connect()]);
  const times: number[] = [];
  listener.on('notification', ({ payload }) => times.push(performance.now() - Number(payload)));
  await listener.query('LISTEN bench_bare');
  while (!until.aborted) {
    await sender.query(`SELECT pg_notify('bench_bare', $1)`, [String(performance.now())]);
    await sleep(100);
  }
  await Promise.all([sender.end(), listener.end()]);
  return times;
}

/** Sends one reading of each device at a steady pace, however long answers take. */
async function sendAll(http: HttpClient, devices: readonly Device[], sent: Map<string, number>, answers: number[]) {
  const begun = performance.now();
  const under: Promise<void>[] = [];
  for (const [index, device] of devices.entries()) {
    const wait = begun + (index * 1000) / A_SECOND - performance.now();
    if (wait > 1) await sleep(wait);
    under.push(sendOne(http, device, isCrossing(index) ? LOW_MGDL : CALM_MGDL, sent, answers));
  }
  await Promise.all(under);
}

/** Waits until everybody in a set was heard of, and a little longer for what is doubled; not for ever. */
async function arrived(heard: readonly Heard[], expected: ReadonlySet<string>): Promise<void> {
  const end = performance.now() + PATIENCE_SECONDS * 1000;
  const isComplete = () => new Set(heard.map(({ patientId }) => patientId)).size >= expected.size;
  while (!isComplete() && performance.now() < end) await sleep(100);
  await sleep(1_000);
}

const crossingAmong = (devices: readonly Device[]): Set<string> =>
  new Set(devices.filter((_, index) => isCrossing(index)).map(({ patientId }) => patientId));

const isCrossing = (index: number): boolean => index % CROSSING === 0;

async function sendOne(http: HttpClient, device: Device, value: number, sent: Map<string, number>, answers: number[]) {
  const reading = { measuredAt: new Date().toISOString(), value, unit: 'mg/dL', source: 'phone' };
  const begun = performance.now();
  sent.set(device.patientId, begun);
  const headers = { authorization: `Bearer ${device.token}` };
  const { status } = await http.send('POST', '/api/v1/patients/me/readings', headers, JSON.stringify(reading));
  if (status !== 201) throw new Error(`a reading was answered ${status}`);
  answers.push(performance.now() - begun);
}

/** From sending a reading that goes low to the event that a clinician's page receives. */
export async function run(): Promise<object[]> {
  const http = new HttpClient(setting('API_URL'), 64);
  const dataSource = await connect(4);
  const heard: Heard[] = [];
  const stopping = new AbortController();
  try {
    const organisationId = randomUUID();
    await dataSource.query(`INSERT INTO organisations (id, name) VALUES ($1, 'Bench clinic')`, [organisationId]);
    const login = { email: await newClinician(dataSource, organisationId), password: PASSWORD };
    const { accessToken } = await http.json<{ accessToken: string }>('POST', '/api/v1/auth/login', null, login);
    const devices = await newDevices(dataSource, PATIENTS + WARM_UP, organisationId);
    await giveHistory(dataSource, devices);
    const listening = await listenLive(setting('API_URL'), accessToken, heard);
    const early = devices.slice(PATIENTS);
    await sendAll(http, early, new Map(), []);
    await arrived(heard, crossingAmong(early));
    heard.length = 0;

    const measured = devices.slice(0, PATIENTS);
    const expected = crossingAmong(measured);
    const bare = bareNotifications(stopping.signal);
    const sent = new Map<string, number>();
    const answers: number[] = [];
    const costs = await Costs.from(dataSource);
    await sendAll(http, measured, sent, answers);
    await arrived(heard, expected);
    const costsEach = await costs.each(measured.length);
    stopping.abort();
    listening.close();

    const first = new Map<string, number>();
    for (const { patientId, at } of heard) if (!first.has(patientId)) first.set(patientId, at);
    const times = [...expected].flatMap((patientId) => {
      const at = first.get(patientId);
      return at === undefined ? [] : [at - (sent.get(patientId) ?? Number.NaN)];
    });
    const doubled = heard.length - new Set(heard.map(({ alertId }) => alertId)).size;
    const queue = process.env['REDIS_URL'] ? 'Redis' : 'PostgreSQL';
    const bareTimes = await bare;
    const row = (what: string, values: readonly number[]) => ({
      queue,
      what,
      count: values.length,
      p50Ms: quantile(values, 0.5),
      p99Ms: quantile(values, 0.99),
    });
    return [
      row('bare NOTIFY', bareTimes),
      row('reading acknowledged', answers),
      {
        ...row('reading to alert', times),
        maxMs: Math.max(...times),
        missed: expected.size - times.length,
        doubled,
        unexpected: new Set(heard.map(({ patientId }) => patientId).filter((id) => !expected.has(id))).size,
        wanted: 'p99 < 300 ms',
      },
      { queue, what: 'cost of a reading', ...costsEach },
    ];
  } finally {
    http.close();
    await dataSource.destroy();
  }
}
