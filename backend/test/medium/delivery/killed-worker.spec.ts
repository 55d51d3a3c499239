import { randomUUID } from 'node:crypto';
import { newPatientUser } from '../../factories/patients.js';
import { type BackendProcess, startBackend, until } from '../../support/backend-process.js';
import { startReceiver } from '../../support/hostile-receiver.js';
import { newChannel, newSounding, timelineOf, withDelivery } from './setup.js';

jest.setTimeout(180_000);

/** Its own application only prepares and looks: what sends are processes. */
const delivery = withDelivery();
let url = '';
beforeAll(async () => {
  url = await delivery.open();
});
afterAll(() => delivery.close());

it('sends again, under the same key, what a killed worker had under way', async () => {
  const receiver = await startReceiver(['hang']);
  const { id: userId, patientId } = await newPatientUser(delivery.database);
  await newChannel(delivery.database, userId, 'webhook', { url: receiver.url });
  const { episodeId } = await newSounding(delivery.database, patientId);
  const start = (): Promise<BackendProcess> =>
    startBackend({
      DATABASE_URL: url,
      QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}`,
      PROCESS_ROLE: 'all',
      WEBHOOK_ALLOW_PRIVATE: 'true',
    });

  const first = await start();
  await until(() => receiver.requests.length > 0);
  first.child.kill('SIGKILL');
  await first.ended();
  expect(receiver.accepted).toEqual([]);
  const second = await start();
  const delivered = async () =>
    (await timelineOf(delivery.database, episodeId)).includes('delivery-attempt webhook delivered');
  await until(delivered);
  expect(await second.stop()).toBe(0);
  await receiver.close();

  expect(receiver.accepted).toHaveLength(1);
  const keys = receiver.requests.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  const rows = await delivery.database.query<object[]>(
    `SELECT id, state, attempts FROM alert_deliveries WHERE patient_id = $1 AND channel_kind = 'webhook'`,
    [patientId],
  );
  expect(rows).toEqual([{ id: keys[0], state: 'delivered', attempts: 2 }]);
});
