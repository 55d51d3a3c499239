import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { webhookSignature } from '../../src/modules/delivery/channels/webhook.channel.js';
import { newUser, type NewUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { startReceiver } from '../support/hostile-receiver.js';
import { codeIn, ownOutbox } from '../support/outbox.js';

let api: TestApp;
const outbox = ownOutbox();
beforeAll(async () => {
  api = await createTestApp({ DATA_DIR: outbox.DATA_DIR, WEBHOOK_ALLOW_PRIVATE: 'true' });
});
afterEach(() => api.clock.run());
afterAll(async () => {
  await api.close();
  await outbox.remove();
});

const call = (user: NewUser, method: 'get' | 'post' | 'patch' | 'delete', path = '', body: object = {}) => {
  const asked = api.http[method](`/api/v1/alert-channels${path}`).set('authorization', user.bearer);
  return method === 'get' || method === 'delete' ? asked : asked.send(body);
};
const newAddress = () => `${randomUUID()}@example.org`;
const email = (address: string) => ({ kind: 'email', address, label: 'Mail', timeZone: 'Europe/Berlin' });
const webhook = (url: string) => ({ kind: 'webhook', url, label: 'Pager', timeZone: 'UTC' });
const subscription = (endpoint: string) => {
  const browser = createECDH('prime256v1');
  const keys = { p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
  return { kind: 'web-push', subscription: { endpoint, keys }, label: 'Phone', timeZone: 'UTC' };
};
const verify = (user: NewUser, id: string, code: string) => call(user, 'post', `/${id}/verify`, { code });

describe('an e-mail address', () => {
  it('is verified by the code that was mailed to it, and by nothing else', async () => {
    const [user, address] = [await newUser(api.dataSource), newAddress()];
    const { body: channel } = await call(user, 'post', '', email(address)).expect(201);
    expect(channel).toMatchObject({
      kind: 'email',
      address,
      verifiedAt: null,
      secret: null,
      verification: { attemptsLeft: 5 },
      health: { state: 'unverified', lastFailure: null },
    });
    const mails = await outbox.mailsTo(address);
    expect(mails).toHaveLength(1);
    const code = codeIn(mails[0]);
    const [wrong] = ['000000', '000001'].filter((one) => one !== code);
    const refused = await verify(user, channel.id, String(wrong)).expect(422);
    expect(refused.body.errors).toEqual([expect.objectContaining({ path: 'code', code: 'wrong_code' })]);
    const early = await call(user, 'post', `/${channel.id}/test`).expect(409);
    expect(early.body.errors).toEqual([expect.objectContaining({ code: 'not_verified' })]);
    const verified = await verify(user, channel.id, code).expect(200);
    expect(verified.body).toMatchObject({ verification: null, health: { state: 'unused' } });
    await verify(user, channel.id, code).expect(409);

    const tested = await call(user, 'post', `/${channel.id}/test`).expect(200);
    expect(tested.body).toMatchObject({ outcome: 'delivered', channel: { health: { state: 'ok' } } });
    expect((await outbox.mailsTo(address)).some((mail) => mail.includes('Subject: GlucoLens: this is a test'))).toBe(
      true,
    );
  });

  it('takes five tries of a code and no more, right or wrong, until there is another code', async () => {
    // However long the tries take, the next code is asked for too soon.
    api.clock.advance(0);
    const [user, address] = [await newUser(api.dataSource), newAddress()];
    const { body: channel } = await call(user, 'post', '', email(address)).expect(201);
    const [first] = await outbox.mailsTo(address);
    const code = codeIn(first);
    const [wrong] = ['000000', '000001'].filter((one) => one !== code);
    for (let n = 0; n < 5; n++) await verify(user, channel.id, String(wrong)).expect(422);
    const refused = await verify(user, channel.id, code).expect(422);
    expect(refused.body.errors[0].code).toBe('too_many_attempts');
    const soon = await call(user, 'post', `/${channel.id}/code`).expect(429);
    expect(Number(soon.headers['retry-after'])).toBeLessThanOrEqual(60);

    api.clock.advance(61_000);
    const resent = await call(user, 'post', `/${channel.id}/code`).expect(200);
    expect(resent.body.verification.attemptsLeft).toBe(5);
    const second = (await outbox.mailsTo(address)).find((mail) => mail !== first);
    if (codeIn(second) !== code) await verify(user, channel.id, code).expect(422);
    await verify(user, channel.id, codeIn(second)).expect(200);
  });

  it('is not verified by a code of more than fifteen minutes ago', async () => {
    const [user, address] = [await newUser(api.dataSource), newAddress()];
    const { body: channel } = await call(user, 'post', '', email(address)).expect(201);
    const [mail] = await outbox.mailsTo(address);
    api.clock.advance(15 * 60_000 + 1_000);
    const refused = await verify(user, channel.id, codeIn(mail)).expect(422);
    expect(refused.body.errors[0].code).toBe('expired_code');
  });

  it('gets five codes an hour, whoever asks for them', async () => {
    const address = newAddress();
    for (let n = 0; n < 5; n++) await call(await newUser(api.dataSource), 'post', '', email(address)).expect(201);
    const late = await newUser(api.dataSource);
    await call(late, 'post', '', email(address)).expect(429);
    expect((await call(late, 'get').expect(200)).body.items).toEqual([]);
    expect(await outbox.mailsTo(address)).toHaveLength(5);
    api.clock.advance(3_601_000);
    await call(late, 'post', '', email(address)).expect(201);
  });

  it('is one of ten that an account may send codes to within an hour', async () => {
    const user = await newUser(api.dataSource);
    for (let n = 0; n < 10; n++) await call(user, 'post', '', email(newAddress())).expect(201);
    await call(user, 'post', '', email(newAddress())).expect(429);
  });

  it('is taken once for one person', async () => {
    const [user, address] = [await newUser(api.dataSource), newAddress()];
    await call(user, 'post', '', email(address)).expect(201);
    await call(user, 'post', '', email(address.toUpperCase())).expect(409);
  });
});

describe('a webhook', () => {
  it('counts once a signed test has arrived, and tells its owner what it is signed with', async () => {
    const receiver = await startReceiver([500, 204]);
    const user = await newUser(api.dataSource);
    const { body: channel } = await call(user, 'post', '', webhook(receiver.url)).expect(201);
    expect(channel.health.state).toBe('unverified');
    const failed = await call(user, 'post', `/${channel.id}/test`).expect(200);
    expect(failed.body).toMatchObject({
      outcome: 'answered-5xx',
      channel: {
        verifiedAt: null,
        health: { state: 'unverified', lastFailure: 'answered-5xx', consecutiveFailures: 1 },
      },
    });
    const arrived = await call(user, 'post', `/${channel.id}/test`).expect(200);
    expect(arrived.body).toMatchObject({ outcome: 'delivered', channel: { health: { state: 'ok' } } });
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.accepted;
    expect(JSON.parse(body)).toMatchObject({ kind: 'test', alertId: null });
    const timestamp = String(headers['glucolens-timestamp']);
    expect(headers['glucolens-signature']).toBe(webhookSignature(channel.secret, timestamp, body));
    const { body: again } = await call(user, 'get', `/${channel.id}/secret`).expect(200);
    expect(again).toEqual({ secret: channel.secret });
    const { body: list } = await call(user, 'get').expect(200);
    expect(JSON.stringify(list)).not.toContain(channel.secret);
    await receiver.close();
  });

  it('that was removed is told to be so and gets nothing, before a test and during one', async () => {
    const receiver = await startReceiver(['hang']);
    const user = await newUser(api.dataSource);
    const { body: channel } = await call(user, 'post', '', webhook(receiver.url)).expect(201);
    const underWay = call(user, 'post', `/${channel.id}/test`).then((answer) => answer);
    while (receiver.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await call(user, 'delete', `/${channel.id}`).expect(204);
    await receiver.close();
    const { status, body } = await underWay;
    expect([status, body.errors?.[0]?.code]).toEqual([404, 'removed_meanwhile']);
    const after = await call(user, 'post', `/${channel.id}/test`).expect(404);
    expect(after.body.errors[0].code).toBe('removed');
    expect(receiver.requests).toHaveLength(1);
  });

  it('whose receiver is gone is told to be off, until a test arrives again', async () => {
    const receiver = await startReceiver([204, 410, 204]);
    const user = await newUser(api.dataSource);
    const { body: channel } = await call(user, 'post', '', webhook(receiver.url)).expect(201);
    const states: string[] = [];
    for (let n = 0; n < 3; n++) {
      const { body } = await call(user, 'post', `/${channel.id}/test`).expect(200);
      states.push(body.channel.health.state);
    }
    expect(states).toEqual(['ok', 'disabled', 'ok']);
    await receiver.close();
  });

  it.each(['ftp://example.org/x', 'https://name:word@example.org/', 'javascript:alert(1)'])(
    'at %s is refused, and the field named',
    async (url) => {
      const { body } = await call(await newUser(api.dataSource), 'post', '', webhook(url)).expect(422);
      expect(body.errors[0].path).toBe('url');
    },
  );

  it('can be tested twenty times an hour', async () => {
    const user = await newUser(api.dataSource);
    const { body: channel } = await call(user, 'post', '', webhook('http://127.0.0.1:1/')).expect(201);
    for (let n = 0; n < 20; n++) await call(user, 'post', `/${channel.id}/test`).expect(200);
    await call(user, 'post', `/${channel.id}/test`).expect(429);
  });
});

describe('a browser', () => {
  it('subscribes with the key that the API tells, and is renewed where it subscribes again', async () => {
    const receiver = await startReceiver();
    const user = await newUser(api.dataSource);
    const { body: key } = await call(user, 'get', '/vapid-key').expect(200);
    expect(Buffer.from(key.publicKey, 'base64url')).toHaveLength(65);
    const first = await call(user, 'post', '', subscription(receiver.url)).expect(201);
    const second = await call(user, 'post', '', { ...subscription(receiver.url), label: 'New phone' }).expect(201);
    expect(second.body).toMatchObject({ id: first.body.id, label: 'New phone', address: new URL(receiver.url).host });
    const { body } = await call(user, 'post', `/${first.body.id}/test`).expect(200);
    expect(body.outcome).toBe('delivered');
    expect(receiver.accepted[0]?.headers['content-encoding']).toBe('aes128gcm');
    await receiver.close();
  });

  it('shows nothing more to whoever used it before', async () => {
    const endpoint = `http://127.0.0.1:1/${randomUUID()}`;
    const [before, now] = [await newUser(api.dataSource), await newUser(api.dataSource)];
    await call(before, 'post', '', subscription(endpoint)).expect(201);
    await call(now, 'post', '', subscription(endpoint)).expect(201);
    const { body } = await call(before, 'get').expect(200);
    expect(body.items[0].health).toMatchObject({ state: 'disabled', lastFailure: 'gone' });
  });

  it('of somebody else now is not taken back by a test', async () => {
    const receiver = await startReceiver();
    const [before, now] = [await newUser(api.dataSource), await newUser(api.dataSource)];
    const { body: former } = await call(before, 'post', '', subscription(receiver.url)).expect(201);
    const { body: present } = await call(now, 'post', '', subscription(receiver.url)).expect(201);
    const tested = await call(before, 'post', `/${former.id}/test`).expect(409);
    expect(tested.body.errors[0].code).toBe('taken_over');
    const [listed] = (await call(before, 'get').expect(200)).body.items;
    expect(listed).toMatchObject({ id: former.id, health: { state: 'disabled' } });
    const own = await call(now, 'post', `/${present.id}/test`).expect(200);
    expect(own.body.channel.health.state).toBe('ok');
    await call(now, 'delete', `/${present.id}`).expect(204);
    const again = await call(before, 'post', `/${former.id}/test`).expect(200);
    expect(again.body.channel.health.state).toBe('ok');
    await receiver.close();
  });

  it('is refused with a key that is none', async () => {
    const keys = { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: randomBytes(16).toString('base64url') };
    const asked = {
      ...subscription('https://push.example/1'),
      subscription: { endpoint: 'https://push.example/1', keys },
    };
    const { body } = await call(await newUser(api.dataSource), 'post', '', asked).expect(422);
    expect(body.errors[0].path).toBe('subscription.keys.p256dh');
  });
});

describe('any channel', () => {
  it('rests and speaks as its owner wishes', async () => {
    const user = await newUser(api.dataSource);
    const { body: channel } = await call(user, 'post', '', webhook('http://127.0.0.1:1/')).expect(201);
    const quietHours = [{ fromMinute: 1320, toMinute: 420, least: 'urgent' }];
    const change = { label: 'Night pager', content: 'full', quietHours, timeZone: 'Europe/Madrid' };
    expect((await call(user, 'patch', `/${channel.id}`, change).expect(200)).body).toMatchObject(change);
    expect((await call(user, 'patch', `/${channel.id}`, { quietHours: [] }).expect(200)).body).toMatchObject({
      ...change,
      quietHours: [],
    });
    const refused = await call(user, 'patch', `/${channel.id}`, { timeZone: 'Mars/Olympus' }).expect(422);
    expect(refused.body.errors[0].path).toBe('timeZone');
  });

  it('leaves nothing that names an address once it is removed', async () => {
    const user = await newUser(api.dataSource);
    const { body: channel } = await call(user, 'post', '', webhook('http://127.0.0.1:1/secret-path')).expect(201);
    await call(user, 'delete', `/${channel.id}`).expect(204);
    await call(user, 'delete', `/${channel.id}`).expect(404);
    expect((await call(user, 'get').expect(200)).body.items).toEqual([]);
    const [row] = await api.dataSource.query('SELECT * FROM alert_channels WHERE id = $1', [channel.id]);
    expect(JSON.stringify(row)).not.toContain('secret-path');
  });

  it('is one of twenty at most', async () => {
    const user = await newUser(api.dataSource);
    const add = (n: number) => call(user, 'post', '', webhook(`http://127.0.0.1:1/${n}`));
    const answers = await Promise.all(Array.from({ length: 22 }, (_, n) => add(n)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(20).fill(201), 409, 409]);
  });
});
