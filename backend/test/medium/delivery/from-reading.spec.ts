import { newPatientUser } from '../../factories/patients.js';
import { openStream } from '../../support/event-stream.js';
import { startReceiver } from '../../support/hostile-receiver.js';
import { newChannel, withDelivery } from './setup.js';

/** With its workers: nothing here is called but the API. */
const delivery = withDelivery({ PROCESS_ROLE: 'all' });
beforeAll(() => delivery.open());
afterAll(() => delivery.close());

interface Delivered {
  readonly channel: string;
  readonly state: string;
}

/** The open alert of a person once everything that was sent for it has ended. */
async function settledAlert(bearer: string) {
  const ask = (path: string) => delivery.test.http.get(`/api/v1/${path}`).set('authorization', bearer);
  for (const start = performance.now(); performance.now() - start < 30_000;) {
    const { body } = await ask('patients/me/alerts?state=open');
    const found = body.items.find(({ rule }: { rule: string }) => rule === 'urgent-low');
    const deliveries: Delivered[] = found?.deliveries ?? [];
    if (deliveries.length > 0 && deliveries.every(({ state }) => state !== 'pending')) {
      return (await ask(`alerts/${found.id}`).expect(200)).body;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nothing was sent');
}

const sendLow = (bearer: string, patientId: string) =>
  delivery.test.http
    .post(`/api/v1/patients/${patientId}/readings`)
    .set('authorization', bearer)
    .send({ measuredAt: new Date().toISOString(), value: 50, unit: 'mg/dL' })
    .expect(201);

it('carries a low from its reading to a webhook and an open page, and tells of both without any address', async () => {
  await delivery.test.app.listen(0, '127.0.0.1');
  const receiver = await startReceiver();
  const { id, displayName, bearer, patientId } = await newPatientUser(delivery.database);
  const channelId = await newChannel(delivery.database, id, 'webhook', { url: receiver.url });
  const stream = await openStream(`${await delivery.test.app.getUrl()}/api/v1/live`, { bearer });
  await sendLow(bearer, patientId);
  const alert = await settledAlert(bearer);
  stream.close();
  await receiver.close();
  expect(receiver.accepted).toHaveLength(1);
  expect(JSON.parse(receiver.accepted[0]?.body ?? '{}')).toMatchObject({ severity: 'urgent' });
  const sent = { to: { id, displayName }, step: 0, state: 'delivered', reason: 'delivered' };
  expect(alert.deliveries).toMatchObject([
    { ...sent, channel: 'live' },
    { ...sent, channel: 'webhook', attempts: 1 },
  ]);
  expect(JSON.stringify(alert)).not.toContain(new URL(receiver.url).host);
  expect(JSON.stringify(alert)).not.toContain(channelId);
});

it('does not count a page that nobody had open', async () => {
  const { bearer, patientId } = await newPatientUser(delivery.database);
  await sendLow(bearer, patientId);
  const alert = await settledAlert(bearer);
  expect(alert.deliveries).toMatchObject([{ channel: 'live', state: 'failed', reason: 'no-page' }]);
  expect(alert.timeline.map(({ kind }: { kind: string }) => kind)).toContain('nobody-to-tell');
});
