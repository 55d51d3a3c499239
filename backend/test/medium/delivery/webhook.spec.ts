import { webhookSecret, webhookSignature } from '../../../src/modules/delivery/channels/webhook.channel.js';
import { newPatientUser } from '../../factories/patients.js';
import { testEnvironment } from '../../support/app.js';
import { startReceiver } from '../../support/hostile-receiver.js';
import { newChannel, newSounding, timelineOf, withDelivery } from './setup.js';

const delivery = withDelivery();
beforeAll(() => delivery.open());
afterAll(() => delivery.close());

it('reaches a signed webhook once, through a receiver that fails, hangs up and fails again', async () => {
  const receiver = await startReceiver([500, 'die', 503]);
  const { id: userId, patientId } = await newPatientUser(delivery.database);
  const channelId = await newChannel(delivery.database, userId, 'webhook', { url: receiver.url });
  const { episodeId } = await newSounding(delivery.database, patientId, { severity: 'urgent', rule: 'urgent-low' });
  for (let i = 0; i < 4; i++) {
    await delivery.deliver();
    delivery.test.clock.advance(20_000);
  }
  delivery.test.clock.run();
  await receiver.close();

  expect(receiver.accepted).toHaveLength(1);
  expect(receiver.requests).toHaveLength(4);
  expect(new Set(receiver.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  const [accepted] = receiver.accepted;
  const { 'glucolens-timestamp': timestamp, 'glucolens-signature': signature } = accepted?.headers ?? {};
  const secret = webhookSecret(testEnvironment().SECRET_KEY, channelId);
  expect(signature).toBe(webhookSignature(secret, String(timestamp), accepted?.body ?? ''));
  expect(JSON.parse(accepted?.body ?? '')).toMatchObject({
    kind: 'alert',
    severity: 'urgent',
    alertId: episodeId,
    title: 'GlucoLens: an alert needs you',
  });
  const timeline = await timelineOf(delivery.database, episodeId);
  expect(timeline[0]).toBe('notified patient 1');
  expect(timeline.filter((event) => event.includes('webhook'))).toEqual([
    'delivery-attempt webhook answered-5xx',
    'delivery-attempt webhook unreachable',
    'delivery-attempt webhook answered-5xx',
    'delivery-attempt webhook delivered',
  ]);
  expect(timeline).toContain('delivery-attempt live no-page');
});
