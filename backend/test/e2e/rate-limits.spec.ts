import { newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { describeWithRedis, openOwnRedis, type OwnRedis } from '../support/own-redis.js';

const ADDRESS_LIMIT = 20;
const USER_LIMIT = 30;
const LIMITS = {
  REDIS_URL: '',
  RATE_LIMIT_ADDRESS_PER_MINUTE: String(ADDRESS_LIMIT),
  RATE_LIMIT_USER_PER_MINUTE: String(USER_LIMIT),
};

const [ATTACKER, NEIGHBOUR] = ['203.0.113.1', '203.0.113.2'];
const BAD_TOKEN = 'Bearer e30.e30.e30';

let test: TestApp;
afterEach(() => test.close());

const me = (from: string, authorization: string) =>
  test.http.get('/api/v1/auth/me').set('x-forwarded-for', from).set('authorization', authorization);

async function flood(times: number, ask: (n: number) => PromiseLike<{ status: number }>): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n++) statuses.push((await ask(n)).status);
  return statuses;
}
const times = (count: number, status: number) => Array.from({ length: count }, () => status);

describe('without a trusted proxy', () => {
  beforeEach(async () => {
    test = await createTestApp(LIMITS);
  });

  it('stops a flood of bad tokens, whatever address it claims, and says when to come back', async () => {
    const statuses = await flood(ADDRESS_LIMIT + 5, (n) => me(`198.51.100.${n}`, BAD_TOKEN));
    expect(statuses).toEqual([...times(ADDRESS_LIMIT, 401), ...times(5, 429)]);
    const { body, headers } = await me(NEIGHBOUR, BAD_TOKEN);
    expect(body).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(headers).toMatchObject({ 'ratelimit-limit': String(ADDRESS_LIMIT), 'ratelimit-remaining': '0' });
    expect(headers['ratelimit-reset']).toBe(headers['retry-after']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('counts what is nowhere and what needs no login as well, but never health', async () => {
    expect(await flood(ADDRESS_LIMIT * 2, () => test.http.get('/health/live'))).toEqual(times(ADDRESS_LIMIT * 2, 200));
    const nowhere = await flood(ADDRESS_LIMIT / 2, () => test.http.get('/nowhere'));
    expect(nowhere).toEqual(times(ADDRESS_LIMIT / 2, 404));
    await flood(ADDRESS_LIMIT / 2, () => test.http.post('/api/v1/auth/refresh').send({ refreshToken: 'x' }));
    await test.http.get('/nowhere').expect(429);
    await test.http.post('/api/v1/auth/login').send({ email: 'a@example.org', password: 'x' }).expect(429);
    await test.http.get('/health/live').expect(200);
  });

  it('limits who is signed in by account: nobody else pays for it', async () => {
    const [busy, other] = [await newPatientUser(test.dataSource), await newPatientUser(test.dataSource)];
    const statuses = await flood(USER_LIMIT + 5, () => me(ATTACKER, busy.bearer));
    expect(statuses).toEqual([...times(USER_LIMIT, 200), ...times(5, 429)]);
    const { body, headers } = await me(ATTACKER, busy.bearer);
    expect(body).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(headers).toMatchObject({ 'ratelimit-limit': String(USER_LIMIT), 'retry-after': expect.any(String) });
    await me(ATTACKER, other.bearer).expect(200);
  });
});

describe('behind a trusted proxy', () => {
  beforeEach(async () => {
    test = await createTestApp({ ...LIMITS, TRUST_PROXY: 'loopback' });
  });

  it('a flood from one address locks out neither another address nor who is signed in at the same one', async () => {
    const person = await newPatientUser(test.dataSource);
    const statuses = await flood(ADDRESS_LIMIT + 5, () => me(ATTACKER, BAD_TOKEN));
    expect(statuses.slice(-5)).toEqual(times(5, 429));
    await me(NEIGHBOUR, BAD_TOKEN).expect(401);
    await me(ATTACKER, person.bearer).expect(200);
    const [head, payload] = person.token.split('.');
    await me(ATTACKER, `Bearer ${head}.${payload}.AAAA`).expect(429);
  });

  it('takes the word of the proxy alone, not what the caller wrote before it', async () => {
    const statuses = await flood(ADDRESS_LIMIT + 5, (n) => me(`198.51.100.${n}, ${ATTACKER}`, BAD_TOKEN));
    expect(statuses.slice(-5)).toEqual(times(5, 429));
  });
});

describeWithRedis('several processes with one Redis', () => {
  let redis: OwnRedis;
  let other: TestApp;
  beforeEach(async () => {
    redis = await openOwnRedis(['--maxmemory-policy', 'noeviction']);
    const settings = { ...LIMITS, REDIS_URL: redis.url, QUEUE_SCHEMA: 'shared' };
    test = await createTestApp(settings);
    other = await createTestApp(settings);
  });
  afterEach(() => other.close());
  // After the other of the two has left as well: one that leaves says goodbye to its queue.
  afterAll(() => redis.close());

  it('count together, and serve everybody while Redis is away', async () => {
    const person = await newPatientUser(test.dataSource);
    const ask = (app: TestApp) => app.http.get('/api/v1/auth/me').set('authorization', person.bearer);
    const statuses = await flood(USER_LIMIT + 4, (n) => ask(n % 2 === 0 ? test : other));
    // A count is not waited for: each process may serve one more before it knows.
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(2);
    const somebody = await newPatientUser(test.dataSource);
    await redis.kill();
    try {
      const served = await flood(USER_LIMIT * 2, () =>
        test.http.get('/api/v1/auth/me').set('authorization', somebody.bearer),
      );
      expect(served).toEqual(times(USER_LIMIT * 2, 200));
    } finally {
      await redis.start();
    }
  });
});
