import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import { Metrics } from '../../../src/common/metrics/metrics.js';
import { EvaluationService } from '../../../src/modules/alerts/evaluation.service.js';
import { DeliveryService } from '../../../src/modules/delivery/delivery.service.js';
import { SenderService } from '../../../src/modules/delivery/sending/sender.service.js';
import { HeartbeatService } from '../../../src/modules/heartbeat/heartbeat.service.js';
import { newPatientUser } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { withOwnDatabase } from '../../support/own-database.js';
import { newChannel, newSounding } from '../delivery/setup.js';

/** Watches from outside, and answers with this status. */
let watcher: Server;
let status = 200;
const heard: string[] = [];

const own = withOwnDatabase(() => undefined);
let test: TestApp;
let database: DataSource;
beforeAll(async () => {
  watcher = createServer((request, reply) => {
    heard.push(`${request.method} ${request.url}`);
    reply.writeHead(status).end();
  });
  await new Promise<void>((resolve) => watcher.listen(0, '127.0.0.1', resolve));
  const { port } = watcher.address() as AddressInfo;
  const HEARTBEAT_URL = `http://127.0.0.1:${port}/ping/a-secret`;
  test = await createTestApp({ DATABASE_URL: await own.open(), WEBHOOK_ALLOW_PRIVATE: 'true', HEARTBEAT_URL });
  database = test.dataSource;
});
afterAll(async () => {
  await test.close();
  await own.close();
  await new Promise((resolve) => watcher.close(resolve));
});
beforeEach(() => {
  status = 200;
  heard.length = 0;
});

const evaluate = () => test.app.get(EvaluationService, { strict: false }).sweep();
const deliver = () => test.app.get(DeliveryService, { strict: false }).sweep();
/** Some process takes readings in. */
const listen = () =>
  database.query('INSERT INTO listening_intervals (id, started_at, last_seen_at) VALUES ($1, $2, $2)', [
    randomUUID(),
    test.clock.now(),
  ]);
const minutePasses = () => test.clock.advance(61_000);
const work = async (...parts: readonly (() => Promise<unknown>)[]) => {
  for (const part of parts) await part();
};

/** Whether a heartbeat was heard. */
async function beats(): Promise<boolean> {
  const before = heard.length;
  await test.app.get(HeartbeatService, { strict: false }).beat();
  return heard.length > before;
}

const metric = async (series: string): Promise<number> => {
  const lines = (await test.app.get(Metrics).text()).split('\n');
  return Number(lines.find((line) => line.startsWith(`${series} `))?.slice(series.length + 1));
};

it('is silent until everything has come to its end, and is heard then', async () => {
  expect(await beats()).toBe(false);
  await work(listen, evaluate);
  expect(await beats()).toBe(false);
  await deliver();
  expect(await beats()).toBe(true);
  expect(heard).toEqual(['GET /ping/a-secret']);
});

it.each([
  ['evaluation', [listen, deliver]],
  ['delivery', [listen, evaluate]],
  ['the intake of readings', [evaluate, deliver]],
])('falls silent within a minute of the end of %s, and is heard again when it is back', async (_, others) => {
  await work(listen, evaluate, deliver);
  expect(await beats()).toBe(true);
  minutePasses();
  await work(...others);
  expect(await beats()).toBe(false);
  await work(listen, evaluate, deliver);
  expect(await beats()).toBe(true);
});

it('falls silent where messages are laid out and nobody sends them, and where patients cannot be looked at', async () => {
  const { id, patientId } = await newPatientUser(database);
  await newChannel(database, id, 'webhook', { url: 'http://127.0.0.1:9/' });
  const { soundingId } = await newSounding(database, patientId, { at: test.clock.now() });
  await work(listen, evaluate, deliver);
  await test.app.get(DeliveryService, { strict: false }).atRest();
  expect(await beats()).toBe(true);
  await test.app.get(SenderService, { strict: false }).onApplicationShutdown();
  // As if every sender had stood still since.
  const longAgo = new Date(test.clock.now().getTime() - 90_000);
  await database.query(
    `UPDATE alert_deliveries SET next_attempt_at = $2 WHERE sounding_id = $1 AND channel_kind = 'webhook'`,
    [soundingId, longAgo],
  );
  expect(await beats()).toBe(false);
  await database.query(
    `UPDATE alert_deliveries SET state = 'delivered', next_attempt_at = NULL, finished_at = now() WHERE sounding_id = $1
       AND state = 'pending'`,
    [soundingId],
  );
  expect(await beats()).toBe(true);

  await database.query(
    `INSERT INTO alert_failures (patient_id, failures, failed_at, retry_at) VALUES ($1, 3, now(), now() + interval '1 day')`,
    [patientId],
  );
  expect(await beats()).toBe(false);
  await database.query('DELETE FROM alert_failures');
  expect(await beats()).toBe(true);
});

it('tells Prometheus and probes the age of the last one that was taken', async () => {
  await work(listen, evaluate, deliver);
  await beats();
  const taken = await metric('glucolens_heartbeats_total{outcome="sent"}');
  minutePasses();
  status = 500;
  await work(listen, evaluate, deliver);
  expect(await beats()).toBe(true);
  expect(await metric('glucolens_heartbeats_total{outcome="sent"}')).toBe(taken);
  expect(await metric('glucolens_heartbeats_total{outcome="failed"}')).toBe(1);
  expect(await metric('glucolens_alert_work_age_seconds{work="heartbeat"}')).toBeGreaterThanOrEqual(61);
  expect(await metric('glucolens_alert_work_age_seconds{work="evaluation"}')).toBeLessThan(60);

  const { body } = await test.http.get('/health/alerts').expect(200);
  expect(body).toEqual({ status: 'working', troubles: [] });
});
