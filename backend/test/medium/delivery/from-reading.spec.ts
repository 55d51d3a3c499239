import { newPatientUser } from '../../factories/patients.js';
import { startReceiver } from '../../support/hostile-receiver.js';
import { newChannel, withDelivery } from './setup.js';

/** With its workers: nothing here is called but the API. */
const delivery = withDelivery({ PROCESS_ROLE: 'all' });
beforeAll(() => delivery.open());
afterAll(() => delivery.close());

it('carries a low from its reading to a webhook, through the queue', async () => {
  const receiver = await startReceiver();
  const { id, bearer, patientId } = await newPatientUser(delivery.database);
  await newChannel(delivery.database, id, 'webhook', { url: receiver.url });
  const reading = { measuredAt: new Date().toISOString(), value: 50, unit: 'mg/dL' };
  await delivery.test.http
    .post(`/api/v1/patients/${patientId}/readings`)
    .set('authorization', bearer)
    .send(reading)
    .expect(201);
  const start = performance.now();
  while (receiver.accepted.length === 0 && performance.now() - start < 30_000) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await receiver.close();
  expect(receiver.accepted).toHaveLength(1);
  expect(JSON.parse(receiver.accepted[0]?.body ?? '{}')).toMatchObject({ severity: 'urgent' });
});
