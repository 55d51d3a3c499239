import { WebPushChannel } from '../../../src/modules/delivery/channels/web-push.channel.js';
import { newPatientUser } from '../../factories/patients.js';
import { Browser, startPushService } from '../../support/push-service.js';
import { newChannel, newSounding, timelineOf, withDelivery } from './setup.js';

const PUBLIC_URL = 'https://clinic.example';
const delivery = withDelivery({ PUBLIC_URL });
beforeAll(() => delivery.open());
afterEach(() => delivery.test.clock.run());
afterAll(() => delivery.close());

const services: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(services.map((service) => service.close())));

/** Somebody whose browser has subscribed at a push service that answers so. */
async function subscribed(...statuses: number[]) {
  const service = await startPushService(statuses);
  services.push(service);
  const browser = new Browser();
  const { id, patientId } = await newPatientUser(delivery.database);
  const channelId = await newChannel(delivery.database, id, 'web-push', browser.subscriptionAt(service.endpoint));
  return { service, browser, patientId, channelId };
}

const attempts = async (episodeId: string) =>
  (await timelineOf(delivery.database, episodeId)).filter((one) => one.includes(' web-push '));

const isOff = async (channelId: string): Promise<boolean> => {
  const [row] = await delivery.database.query<{ off: boolean }[]>(
    'SELECT disabled_at IS NOT NULL AS off FROM alert_channels WHERE id = $1',
    [channelId],
  );
  return row?.off === true;
};

it('reaches a browser by a push service that knows the sender and cannot read the message', async () => {
  const { service, browser, patientId } = await subscribed();
  const { episodeId } = await newSounding(delivery.database, patientId, { severity: 'urgent' });
  await delivery.deliver();

  expect(await attempts(episodeId)).toEqual(['delivery-attempt web-push delivered']);
  expect(service.refused).toEqual([]);
  const [{ headers, claims, body } = { headers: {}, claims: {}, body: Buffer.alloc(0) }] = service.pushed;
  const { publicKey } = delivery.test.app.get(WebPushChannel, { strict: false });
  expect(claims).toMatchObject({ key: publicKey, sub: PUBLIC_URL });
  expect(headers).toMatchObject({ urgency: 'high', topic: episodeId.replaceAll('-', '') });
  expect(Number(headers['ttl'])).toBeGreaterThan(3_500);
  expect(Number(headers['ttl'])).toBeLessThanOrEqual(3_600);
  expect(body.toString('latin1')).not.toContain('GlucoLens');
  expect(browser.read(body)).toMatchObject({
    kind: 'alert',
    severity: 'urgent',
    title: 'GlucoLens: an alert needs you',
    alertId: episodeId,
    url: `${PUBLIC_URL}/alerts/${episodeId}`,
  });
  expect(() => new Browser().read(body)).toThrow(/unable to authenticate/);
  process.stdout.write(
    'NOT RUN: the hop from a browser vendor’s push service to its browser; a local service stands for it\n',
  );
});

it('asks again where the service is busy, and the second message takes the place of the first', async () => {
  const { service, browser, patientId, channelId } = await subscribed(429, 503);
  const { episodeId } = await newSounding(delivery.database, patientId);
  for (let i = 0; i < 3; i++) {
    await delivery.deliver();
    delivery.test.clock.advance(10_000);
  }
  expect(await attempts(episodeId)).toEqual([
    'delivery-attempt web-push answered-4xx',
    'delivery-attempt web-push answered-5xx',
    'delivery-attempt web-push delivered',
  ]);
  const messages = service.pushed.map(({ body }) => browser.read(body) as { id: string });
  expect(new Set(messages.map(({ id }) => id)).size).toBe(1);
  expect(new Set(service.pushed.map(({ headers }) => headers['topic'])).size).toBe(1);
  expect(await isOff(channelId)).toBe(false);
});

it.each([404, 410])('turns a subscription off that is gone, as %i says', async (status) => {
  const { service, patientId, channelId } = await subscribed(status);
  const { episodeId } = await newSounding(delivery.database, patientId);
  await delivery.deliver();
  expect(await attempts(episodeId)).toEqual(['delivery-attempt web-push gone']);
  expect(await isOff(channelId)).toBe(true);
  const next = await newSounding(delivery.database, patientId, { rule: 'high' });
  await delivery.deliver();
  expect(await attempts(next.episodeId)).toEqual([]);
  expect(service.pushed).toHaveLength(1);
});
