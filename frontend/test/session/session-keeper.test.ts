import { FakeApi } from './fake-api';
import { CALLER, testRuntime } from './setup';

let api: FakeApi;
beforeEach(async () => {
  api = await new FakeApi().start();
});
afterEach(() => api.stop());

const signIn = async () => {
  const runtime = testRuntime(api.url);
  const id = await runtime.keeper.open('clinician@example.org', 'right', CALLER, null);
  return { ...runtime, id };
};

describe('a session', () => {
  it('has an id of 32 random bytes, of which only a hash is kept', async () => {
    const { id, sessions } = await signIn();
    expect(Buffer.from(id, 'base64url')).toHaveLength(32);
    expect(JSON.stringify([...sessions.keys()])).not.toContain(id);
  });

  it('ends twelve hours after sign-in, however busy it is', async () => {
    const { keeper, id, clock } = await signIn();
    for (let hour = 0; hour < 11; hour += 1) {
      clock.now += 3_600_000;
      expect(await keeper.accessToken(id, CALLER)).not.toBeNull();
    }
    clock.now += 3_600_000;
    expect(await keeper.accessToken(id, CALLER)).toBeNull();
  });

  it('renews the access token once for all parallel requests', async () => {
    const { keeper, id, clock } = await signIn();
    clock.now += 880_000;
    const tokens = await Promise.all(Array.from({ length: 50 }, () => keeper.accessToken(id, CALLER)));
    expect(new Set(tokens)).toEqual(new Set(['access-2']));
    expect(api.refreshes).toBe(1);
  });

  it('renews once when many requests come back refused', async () => {
    const { keeper, id } = await signIn();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => keeper.accessToken(id, CALLER, 'access-1')));
    expect(new Set(tokens)).toEqual(new Set(['access-2']));
    expect(await keeper.accessToken(id, CALLER, 'access-1')).toBe('access-2');
    expect(api.refreshes).toBe(1);
  });

  it('keeps a token that is still good while the API cannot be reached', async () => {
    const { keeper, id, clock } = await signIn();
    api.down = true;
    clock.now += 880_000;
    expect(await keeper.accessToken(id, CALLER)).toBe('access-1');
    clock.now += 30_000;
    await expect(keeper.accessToken(id, CALLER)).rejects.toMatchObject({ status: 503 });
    api.down = false;
    expect(await keeper.accessToken(id, CALLER)).toBe('access-2');
  });

  it('ends when the API refuses to renew it', async () => {
    const { keeper, id, clock, sessions } = await signIn();
    api.handler = (request, response) => {
      if (request.url !== '/api/v1/auth/refresh') return false;
      response.writeHead(401).end();
      return true;
    };
    clock.now += 880_000;
    expect(await keeper.accessToken(id, CALLER)).toBeNull();
    expect(sessions.size).toBe(0);
  });

  it('is gone after sign-out, here and at the API, even while it is being renewed', async () => {
    const { keeper, id, clock } = await signIn();
    clock.now += 880_000;
    const renewal = keeper.accessToken(id, CALLER);
    await keeper.close(id, CALLER);
    await renewal;
    expect(api.logouts).toContain('refresh-2');
    expect(await keeper.accessToken(id, CALLER)).toBeNull();
  });

  it('ends at the API also after it was left alone for long', async () => {
    const { keeper, id, clock } = await signIn();
    clock.now += 2 * 3_600_000;
    await keeper.close(id, CALLER);
    expect(api.logouts).toEqual(['refresh-2']);
  });

  it('is gone after sign-out even when the API cannot be told', async () => {
    const { keeper, id } = await signIn();
    api.down = true;
    await keeper.close(id, CALLER);
    expect(await keeper.isOpen(id)).toBe(false);
  });

  it('ends when the same browser signs in again', async () => {
    const { keeper, id } = await signIn();
    const next = await keeper.open('clinician@example.org', 'right', CALLER, id);
    expect(next).not.toBe(id);
    expect(await keeper.isOpen(id)).toBe(false);
    expect(api.logouts).toEqual(['refresh-1']);
  });
});

describe('the session store', () => {
  it('drops the oldest session when it is full', async () => {
    const { keeper, id, sessions } = await signIn();
    for (let more = 0; more < 3; more += 1) await keeper.open('a@example.org', 'right', CALLER, null);
    expect(sessions.size).toBe(3);
    expect(await keeper.isOpen(id)).toBe(false);
  });

  it('forgets ended sessions at the next sign-in', async () => {
    const { keeper, clock, sessions } = await signIn();
    clock.now += 12 * 3_600_000;
    await keeper.open('a@example.org', 'right', CALLER, null);
    expect(sessions.size).toBe(1);
  });
});
