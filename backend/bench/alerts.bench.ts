import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { AlertLoad, CROSSING, QUEUE_HOME, timesRow } from './support/alert-load.js';
import { Costs } from './support/costs.js';
import { connect } from './support/database.js';
import { HttpClient } from './support/http-client.js';
import { setting } from './support/measure.js';

const PATIENTS = Number(process.env['BENCH_PATIENTS'] ?? 12_000);
const STEP_MS = 300_000;

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

/** From sending a reading that goes low to the event that a clinician's page receives. */
export async function run(): Promise<object[]> {
  const http = new HttpClient(setting('API_URL'), 64);
  const dataSource = await connect(4);
  const stopping = new AbortController();
  try {
    const load = await AlertLoad.open(http, dataSource, PATIENTS, STEP_MS);
    const bare = bareNotifications(stopping.signal);
    const costs = await Costs.from(dataSource);
    await load.send((index) => index % CROSSING === 0);
    await load.arrived();
    const costsEach = await costs.each(load.readings);
    stopping.abort();
    load.close();
    return [
      timesRow('bare NOTIFY', await bare),
      ...load.rows(),
      { queue: QUEUE_HOME, what: 'cost of a reading', ...costsEach },
    ];
  } finally {
    http.close();
    await dataSource.destroy();
  }
}
