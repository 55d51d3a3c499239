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

interface Happening {
  readonly kind: string;
}

/** The open alert of a person once everything that was sent for it has ended, and something has happened to it, if told what. */
async function settledAlert(bearer: string, happening?: string) {
  const ask = (path: string) => delivery.test.http.get(`/api/v1/${path}`).set('authorization', bearer);
  for (const start = performance.now(); performance.now() - start < 30_000;) {
    const { body } = await ask('patients/me/alerts?state=open');
    const found = body.items.find(({ rule }: { rule: string }) => rule === 'urgent-low');
    const deliveries: Delivered[] = found?.deliveries ?? [];
    if (deliveries.length > 0 && deliveries.every(({ state }) => state !== 'pending')) {
      const { body: alert } = await ask(`alerts/${found.id}`).expect(200);
      const timeline: Happening[] = alert.timeline;
      if (!happening || timeline.some(({ kind }) => kind === happening)) return alert;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing was sent, or no ${happening}`);
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
  // The step that follows nobody is taken a moment after the attempt was written down.
  const alert = await settledAlert(bearer, 'nobody-to-tell');
  expect(alert.deliveries).toMatchObject([{ channel: 'live', state: 'failed', reason: 'no-page' }]);
  expect(alert.timeline.map(({ kind }: { kind: string }) => kind)).toContain('nobody-to-tell');
});
