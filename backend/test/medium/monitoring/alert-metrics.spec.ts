import type { DataSource } from 'typeorm';
import { newPatientUser } from '../../factories/patients.js';
import { type BackendProcess, startBackend, until } from '../../support/backend-process.js';
import { startReceiver } from '../../support/hostile-receiver.js';
import { withOwnDatabase } from '../../support/own-database.js';
import { newChannel, newSounding } from '../delivery/setup.js';

jest.setTimeout(180_000);

let database: DataSource;
let backend: BackendProcess;
const own = withOwnDatabase((opened) => (database = opened));
beforeAll(async () => {
  const DATABASE_URL = await own.open();
  backend = await startBackend({
    DATABASE_URL,
    PROCESS_ROLE: 'all',
    WEBHOOK_ALLOW_PRIVATE: 'true',
    SEED_DEMO: 'false',
  });
});
afterAll(async () => {
  await backend.stop();
  await own.close();
});

const metrics = async (): Promise<string> => (await fetch(backend.metrics)).text();
const valueOf = async (series: string): Promise<number> => {
  const line = (await metrics()).split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1));
};

const DELIVERED = 'glucolens_alert_deliveries_total{channel="webhook",severity="urgent",outcome="delivered"}';
const RETRIED = 'glucolens_alert_deliveries_total{channel="webhook",severity="warning",outcome="retried"}';
const LATE = 'glucolens_alert_deliveries_late_total{channel="webhook",severity="warning"}';

it('counts what opened, was delivered and came late, and names nobody', async () => {
  expect(await valueOf(DELIVERED)).toBe(0);
  const receiver = await startReceiver();
  const { id, bearer, patientId } = await newPatientUser(database);
  await newChannel(database, id, 'webhook', { url: receiver.url });
  const answer = await fetch(`${backend.api}/api/v1/patients/${patientId}/readings`, {
    method: 'POST',
    headers: { authorization: bearer, 'content-type': 'application/json' },
    body: JSON.stringify({ measuredAt: new Date().toISOString(), value: 50, unit: 'mg/dL' }),
  });
  expect(answer.status).toBe(201);
  await until(async () => (await valueOf(DELIVERED)) > 0);
  expect(receiver.accepted).toHaveLength(1);
  expect(await valueOf(DELIVERED)).toBe(1);
  expect(await valueOf('glucolens_alerts_opened_total{rule="urgent-low",severity="urgent"}')).toBe(1);
  expect(await valueOf('glucolens_alert_deliveries_late_total{channel="webhook",severity="urgent"}')).toBe(0);

  // Somebody who was to be told five minutes ago, at a receiver that fails once.
  const slow = await startReceiver([500]);
  const other = await newPatientUser(database);
  await newChannel(database, other.id, 'webhook', { url: slow.url });
  await newSounding(database, other.patientId, { at: new Date(Date.now() - 300_000) });
  await until(async () => (await valueOf(LATE)) > 0);
  expect(await valueOf(LATE)).toBe(1);
  expect(await valueOf(RETRIED)).toBe(1);
  await Promise.all([receiver.close(), slow.close()]);

  const text = await metrics();
  for (const secret of [patientId, other.patientId, id, 'Sam Example']) expect(text).not.toContain(secret);
});
