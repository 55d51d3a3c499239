import { randomUUID } from 'node:crypto';
import { newUser, PASSWORD } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterEach(() => api.clock.run());
afterAll(() => api.close());

const freshEmail = () => `New.${randomUUID()}@Example.org`;

const login = (email: string, password: string) => api.http.post('/api/v1/auth/login').send({ email, password });
const refresh = (refreshToken: string) => api.http.post('/api/v1/auth/refresh').send({ refreshToken });
const me = (accessToken: string) => api.http.get('/api/v1/auth/me').set('authorization', `Bearer ${accessToken}`);

async function registered() {
  const email = freshEmail();
  await api.http.post('/api/v1/auth/register').send({ email, password: PASSWORD }).expect(201);
  const { body } = await login(email, PASSWORD).expect(200);
  return { email, accessToken: String(body.accessToken), refreshToken: String(body.refreshToken) };
}

describe('registering', () => {
  it('makes an account with its own patient record, and nothing more, whatever else is asked for', async () => {
    const email = freshEmail();
    const { body } = await api.http
      .post('/api/v1/auth/register')
      .send({ email, password: PASSWORD, isPlatformAdmin: true, role: 'admin', organisationId: randomUUID() })
      .expect(201);
    expect(body).toMatchObject({
      email: email.toLowerCase(),
      displayName: email.split('@')[0]?.toLowerCase(),
      isPlatformAdmin: false,
      memberships: [],
    });
    const { body: tokens } = await login(email, PASSWORD).expect(200);
    const own = await api.http
      .get('/api/v1/patients/me')
      .set('authorization', `Bearer ${tokens.accessToken}`)
      .expect(200);
    expect(own.body).toMatchObject({ id: body.patientId, organisationId: null, timeZone: 'UTC', claimed: true });
  });

  it('keeps the zone in which the person lives', async () => {
    const email = freshEmail();
    await api.http
      .post('/api/v1/auth/register')
      .send({ email, password: PASSWORD, displayName: 'Kim', timeZone: 'Asia/Tokyo' })
      .expect(201);
    const { body: tokens } = await login(email, PASSWORD);
    const own = await api.http.get('/api/v1/patients/me').set('authorization', `Bearer ${tokens.accessToken}`);
    expect(own.body).toMatchObject({ displayName: 'Kim', timeZone: 'Asia/Tokyo' });
  });

  it('refuses a second account for the same address in other letters', async () => {
    const { email } = await registered();
    const again = await api.http
      .post('/api/v1/auth/register')
      .send({ email: email.toUpperCase(), password: PASSWORD })
      .expect(409);
    expect(again.body.code).toBe('EMAIL_TAKEN');
  });

  it.each([
    { what: 'a password of seven characters', body: { email: 'a@example.org', password: '7 chars' }, path: 'password' },
    { what: 'a password everybody tries', body: { email: 'a@example.org', password: '12345678' }, path: 'password' },
    { what: 'no address', body: { password: PASSWORD }, path: 'email' },
    { what: 'no such zone', body: { email: 'a@example.org', password: PASSWORD, timeZone: 'Mars' }, path: 'timeZone' },
  ])('refuses $what and names the field, not the value', async ({ body, path }) => {
    const { body: problem } = await api.http.post('/api/v1/auth/register').send(body).expect(422);
    expect(problem.errors).toEqual([expect.objectContaining({ path })]);
    expect(JSON.stringify(problem)).not.toContain(body.password);
  });
});

describe('signing in', () => {
  it('answers tokens that open the account', async () => {
    const { email } = await registered();
    const { body } = await login(email, PASSWORD).expect(200);
    expect(body).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 900,
    });
    await me(body.accessToken).expect(200);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = await registered();
    const wrong = await login(email, 'not the password').expect(401);
    const unknown = await login(freshEmail(), 'not the password').expect(401);
    const { requestId: _one, ...first } = wrong.body;
    const { requestId: _other, ...second } = unknown.body;
    expect(first).toEqual(second);
    expect(first.code).toBe('INVALID_CREDENTIALS');
  });

  it.each([
    ['no token', undefined, 'UNAUTHENTICATED'],
    ['no token at all', 'Bearer nonsense', 'INVALID_TOKEN'],
    [
      'an unsigned token',
      `Bearer ${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(
        JSON.stringify({ sub: randomUUID(), sid: randomUUID(), adm: true, iss: 'glucolens', aud: 'glucolens-api' }),
      ).toString('base64url')}.`,
      'INVALID_TOKEN',
    ],
  ])('answers 401 to %s', async (_, header, code) => {
    const question = api.http.get('/api/v1/auth/me');
    const { body, headers } = await (header ? question.set('authorization', header) : question).expect(401);
    expect(body.code).toBe(code);
    expect(headers['www-authenticate']).toBe('Bearer');
  });

  it('refuses a token with a changed claim', async () => {
    const { accessToken } = await registered();
    const [head, payload, signature] = accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, adm: true })).toString('base64url');
    expect((await me([head, forged, signature].join('.'))).status).toBe(401);
  });
});

describe('refreshing', () => {
  it('exchanges a token for the next of its session', async () => {
    const { refreshToken } = await registered();
    const { body } = await refresh(refreshToken).expect(200);
    expect(body.refreshToken).not.toBe(refreshToken);
    await me(body.accessToken).expect(200);
    await refresh(body.refreshToken).expect(200);
  });

  it('forgives a token exchanged a moment ago, since parallel requests of one browser may hold it', async () => {
    const { refreshToken } = await registered();
    const first = await refresh(refreshToken).expect(200);
    api.clock.advance(29_000);
    const second = await refresh(refreshToken).expect(200);
    expect((await refresh(first.body.refreshToken)).status).toBe(200);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('ends the whole session when a token exchanged long ago comes back', async () => {
    const { refreshToken } = await registered();
    const next = await refresh(refreshToken).expect(200);
    api.clock.advance(31_000);
    const replay = await refresh(refreshToken).expect(401);
    expect(replay.body.code).toBe('INVALID_TOKEN');
    await refresh(next.body.refreshToken).expect(401);
    await me(next.body.accessToken).expect(401);
  });

  it('ends a session that was idle for two weeks, and any session after ninety days', async () => {
    const idle = await registered();
    api.clock.advance(15 * 86_400_000);
    expect((await refresh(idle.refreshToken)).status).toBe(401);

    api.clock.run();
    let { refreshToken } = await registered();
    for (let days = 10; days < 90; days += 10) {
      api.clock.advance(10 * 86_400_000);
      refreshToken = (await refresh(refreshToken).expect(200)).body.refreshToken;
    }
    api.clock.advance(11 * 86_400_000);
    await refresh(refreshToken).expect(401);
  });

  it('stores no token, only its hash', async () => {
    const { refreshToken } = await registered();
    const [found] = await api.dataSource.query(
      `SELECT count(*)::int AS n FROM refresh_tokens WHERE token_hash = sha256(convert_to($1, 'UTF8'))`,
      [refreshToken],
    );
    const [plain] = await api.dataSource.query(
      `SELECT count(*)::int AS n FROM refresh_tokens WHERE token_hash = convert_to($1, 'UTF8')`,
      [refreshToken],
    );
    expect([found.n, plain.n]).toEqual([1, 0]);
  });
});

describe('signing out', () => {
  it('ends the session at once, its access token included', async () => {
    const { accessToken, refreshToken } = await registered();
    await me(accessToken).expect(200);
    await api.http.post('/api/v1/auth/logout').set('authorization', `Bearer ${accessToken}`).expect(204);
    expect((await me(accessToken)).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
  });
});

describe('the account', () => {
  it('changes what its owner may change and nothing else', async () => {
    const { accessToken, email } = await registered();
    const { body } = await api.http
      .put('/api/v1/auth/profile')
      .set('authorization', `Bearer ${accessToken}`)
      .send({ displayName: 'Alex', unitPreference: 'mmol/L', email: 'other@example.org', isPlatformAdmin: true })
      .expect(200);
    expect(body).toMatchObject({
      displayName: 'Alex',
      unitPreference: 'mmol/L',
      email: email.toLowerCase(),
      isPlatformAdmin: false,
    });
  });

  it('keeps the session that changes the password and ends the others', async () => {
    const { email, accessToken, refreshToken } = await registered();
    const other = (await login(email, PASSWORD)).body;
    const change = (oldPassword: string) =>
      api.http
        .post('/api/v1/auth/change-password')
        .set('authorization', `Bearer ${accessToken}`)
        .send({ oldPassword, newPassword: 'a new and longer one' });
    const refused = await change('not the password').expect(422);
    expect(refused.body.errors).toEqual([expect.objectContaining({ path: 'oldPassword' })]);
    await change(PASSWORD).expect(204);

    await me(accessToken).expect(200);
    await refresh(refreshToken).expect(200);
    await me(other.accessToken).expect(401);
    await refresh(other.refreshToken).expect(401);
    await login(email, PASSWORD).expect(401);
    await login(email, 'a new and longer one').expect(200);
  });
});

describe('too many attempts', () => {
  let strict: TestApp;
  beforeAll(async () => {
    strict = await createTestApp({ RATE_LIMIT_LOGIN_PER_MINUTE: '3' });
  });
  afterAll(() => strict.close());

  const attempt = (email: string, password = 'not the password') =>
    strict.http.post('/api/v1/auth/login').send({ email, password });

  it('locks one account for a minute, known or not, and leaves others alone', async () => {
    const known = await newUser(strict.dataSource);
    const other = await newUser(strict.dataSource);
    for (const email of [known.email, freshEmail()]) {
      const statuses = [];
      for (let n = 0; n < 3; n++) statuses.push((await attempt(email)).status);
      expect(statuses).toEqual([401, 401, 401]);
      const locked = await attempt(email.toUpperCase(), PASSWORD);
      expect(locked.status).toBe(429);
      expect(locked.body.code).toBe('TOO_MANY_REQUESTS');
      expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(60);
    }
    await attempt(other.email, PASSWORD).expect(200);
  });

  it('limits one address over all accounts', async () => {
    const statuses = [];
    for (let n = 0; n < 31; n++) statuses.push((await attempt(freshEmail())).status);
    expect(statuses.at(-1)).toBe(429);
  });
});
