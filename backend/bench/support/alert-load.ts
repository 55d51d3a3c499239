import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { columnsOf, copyOf, newClinician, PASSWORD } from './clinic.js';
import { readingsService } from './database.js';
import type { HttpClient } from './http-client.js';
import { type Heard, listenLive } from './live-alerts.js';
import { inParallel, quantile, setting } from './measure.js';
import { type Device, newDevices, tokenOf } from './wearers.js';

const A_SECOND = 200;
/** Every tenth goes low. */
export const CROSSING = 10;
const WARM_UP = 1_000;
/** As many readings of everybody's past, however often their sensors report. */
const HISTORY_READINGS = 144;
const CALM_MGDL = 120;
const LOW_MGDL = 65;
const PATIENCE_SECONDS = 30;

/** One of many devices, with its place among them. */
type GoesLow = (index: number) => boolean;

/** People who wear sensors, and a clinician of them all whose page is open. */
export class AlertLoad {
  private readonly heard: Heard[] = [];
  private readonly lowAt = new Map<string, number>();
  private readonly answers: number[] = [];
  private listening: { close(): void } | null = null;

  private constructor(
    private readonly http: HttpClient,
    private readonly devices: readonly Device[],
  ) {}

  /** With a first thousand readings of other people behind it, so that nothing runs for the first time. */
  static async open(http: HttpClient, dataSource: DataSource, people: number, stepMs: number): Promise<AlertLoad> {
    const organisationId = randomUUID();
    await dataSource.query(`INSERT INTO organisations (id, name) VALUES ($1, 'Bench clinic')`, [organisationId]);
    const login = { email: await newClinician(dataSource, organisationId), password: PASSWORD };
    const devices = await newDevices(dataSource, people + WARM_UP, organisationId);
    await giveHistory(dataSource, devices, stepMs);
    const { accessToken } = await http.json<{ accessToken: string }>('POST', '/api/v1/auth/login', null, login);
    const early = new AlertLoad(http, devices.slice(people));
    const load = new AlertLoad(http, devices.slice(0, people));
    load.listening = await listenLive(setting('API_URL'), accessToken, (one) => {
      early.heard.push(one);
      load.heard.push(one);
    });
    await early.send((index) => index % CROSSING === 0);
    await early.arrived();
    load.heard.length = 0;
    return load;
  }

  /** Sends one reading of each device at a steady pace, however long answers take. */
  async send(goesLow: GoesLow, aSecond = A_SECOND): Promise<void> {
    const begun = performance.now();
    const under: Promise<void>[] = [];
    for (const [index, device] of this.devices.entries()) {
      const wait = begun + (index * 1000) / aSecond - performance.now();
      if (wait > 1) await sleep(wait);
      under.push(this.sendOne(device, goesLow(index)));
    }
    await Promise.all(under);
  }

  /** Waits until everybody who went low was heard of, and a little longer for what is doubled; not for ever. */
  async arrived(): Promise<void> {
    const end = performance.now() + PATIENCE_SECONDS * 1000;
    while (this.times().length < this.lowAt.size && performance.now() < end) await sleep(100);
    await sleep(1_000);
  }

  /** What was acknowledged and what was heard, as rows of a table. */
  rows(): object[] {
    const ids = new Set(this.heard.map(({ alertId }) => alertId));
    const times = this.times();
    return [
      timesRow('reading acknowledged', this.answers),
      {
        ...timesRow('reading to alert', times),
        maxMs: Math.max(...times),
        missed: this.lowAt.size - times.length,
        doubled: this.heard.length - ids.size,
        unexpected: this.heard.filter(({ patientId, at }) => !(at >= (this.lowAt.get(patientId) ?? Infinity))).length,
        wanted: 'p99 < 300 ms',
      },
    ];
  }

  get readings(): number {
    return this.answers.length;
  }

  close(): void {
    this.listening?.close();
  }

  /** Milliseconds from sending a reading that goes low to the first that was heard of the person after it. */
  private times(): number[] {
    const first = new Map<string, number>();
    for (const { patientId, at } of this.heard) {
      const sentAt = this.lowAt.get(patientId);
      if (sentAt !== undefined && at >= sentAt && !first.has(patientId)) first.set(patientId, at - sentAt);
    }
    return [...first.values()];
  }

  private async sendOne({ patientId, userId }: Device, goesLow: boolean): Promise<void> {
    const value = goesLow ? LOW_MGDL : CALM_MGDL;
    const reading = { measuredAt: new Date().toISOString(), value, unit: 'mg/dL', source: 'phone' };
    const headers = { authorization: `Bearer ${tokenOf(userId)}` };
    const begun = performance.now();
    if (goesLow) this.lowAt.set(patientId, begun);
    const { status } = await this.http.send('POST', '/api/v1/patients/me/readings', headers, JSON.stringify(reading));
    if (status !== 201) throw new Error(`a reading was answered ${status}`);
    this.answers.push(performance.now() - begun);
  }
}

/** Where the queue of this run lives. */
export const QUEUE_HOME = process.env['REDIS_URL'] ? 'Redis' : 'PostgreSQL';

export const timesRow = (what: string, values: readonly number[]) => ({
  queue: QUEUE_HOME,
  what,
  count: values.length,
  p50Ms: quantile(values, 0.5),
  p99Ms: quantile(values, 0.99),
});

/** Calm readings of one person, looked at by the alerts, then copied to everybody. */
async function giveHistory(dataSource: DataSource, devices: readonly Device[], stepMs: number): Promise<void> {
  const [first, ...others] = devices;
  if (!first) return;
  const newest = Date.now() - stepMs;
  const rows = Array.from({ length: HISTORY_READINGS }, (_, index) => ({
    at: newest - (HISTORY_READINGS - 1 - index) * stepMs,
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
