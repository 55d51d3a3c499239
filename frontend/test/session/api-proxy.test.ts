import { createServer, request as httpRequest, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { proxyToApi } from '@/session/api-proxy';
import { FakeApi, json } from './fake-api';
import { CALLER, testRuntime, type TestRuntime } from './setup';

let api: FakeApi;
let runtime: TestRuntime;
let cookie: string;

beforeEach(async () => {
  api = await new FakeApi().start();
  runtime = testRuntime(api.url, 'http://web.test');
  cookie = `theme=dark; gl_session=${await runtime.keeper.open('a@example.org', 'right', CALLER, null)}`;
});
afterEach(() => api.stop());

const ask = (path: string, { headers, ...init }: RequestInit = {}) =>
  proxyToApi(new Request(`http://web.test${path}`, { ...init, headers: { cookie, ...headers } }), runtime);
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', ...headers } });

describe('the API proxy', () => {
  it('adds the bearer and passes no credential of the browser', async () => {
    const answer = await ask('/api/v1/patients?limit=5', {
      headers: { authorization: 'Bearer stolen', 'x-forwarded-for': '203.0.113.9, 10.0.0.2', 'sec-fetch-mode': 'cors' },
    });
    const { url, headers } = await answer.json();
    expect(url).toBe('/api/v1/patients?limit=5');
    expect(headers).toMatchObject({ authorization: 'Bearer access-1', 'accept-encoding': 'identity' });
    expect(headers).toMatchObject({ 'x-forwarded-for': '203.0.113.9, 10.0.0.2' });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']));
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['sec-fetch-mode', 'x-real-ip']));
  });

  it('passes no cookie of the API on and lets nothing be cached', async () => {
    api.handler = (_request, response) => {
      json(response, 200, {}, { 'set-cookie': 'api=1', 'cache-control': 'public, max-age=60', etag: '"1"' });
      return true;
    };
    const answer = await ask('/api/v1/patients');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  it('carries one request id through to the API and back', async () => {
    const answer = await ask('/api/v1/patients', { headers: { 'x-request-id': 'from-the-browser' } });
    expect((await answer.json()).headers['x-request-id']).toBe('from-the-browser');
    expect(answer.headers.get('x-request-id')).toBe('from-the-browser');
    const other = await ask('/api/v1/patients', { headers: { 'x-request-id': 'no\ttext here' } });
    expect((await other.json()).headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('repeats a call whose token the API no longer accepts', async () => {
    api.forgetAccessTokens();
    const answer = await post('/api/v1/notes', '{"a":1}', { 'content-length': '7' });
    expect(answer.status).toBe(200);
    expect((await answer.json()).body).toBe('{"a":1}');
    expect(api.refreshes).toBe(1);
  });

  it('answers 401 of the API when nobody is signed in', async () => {
    const answer = await ask('/api/v1/patients', { headers: { cookie: 'gl_session=unknown' } });
    expect(answer.status).toBe(401);
    expect((await answer.json()).code).toBe('UNAUTHENTICATED');
  });

  it('answers 503 with Retry-After and no address when the API is down', async () => {
    api.down = true;
    const answer = await ask('/api/v1/patients');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(await answer.text()).not.toMatch(/127\.0\.0\.1|ECONN/);
  });

  it.each(['login', 'refresh', 'LOGIN', 'lo%67in', 'login/', '/login'])(
    'does not pass auth/%s, whose answer carries tokens',
    async (name) => {
      const answer = await post(`/api/v1/auth/${name}`, '{}', { 'content-type': 'application/json' });
      expect(answer.status).toBe(404);
      expect(api.seen).toHaveLength(1);
    },
  );

  it('passes a registration asked for by a page of ours, and none by another site', async () => {
    const register = (headers: Record<string, string>) => post('/api/v1/auth/register', '{"email":"a"}', headers);
    const answer = await register({ 'content-type': 'application/json' });
    expect((await answer.json()).body).toBe('{"email":"a"}');
    const refused = await register({ 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' });
    expect(refused.status).toBe(403);
  });

  it.each([
    ['/api/health', '/health'],
    ['/api/health/ready', '/health/ready'],
  ])('answers %s with what the API says of its health', async (path, asked) => {
    expect((await ask(path)).status).toBe(200);
    expect(api.seen.at(-1)?.url).toBe(asked);
  });

  it.each([
    '/api/..%2fhealth',
    '/api/%2e%2e/health',
    '/api/v1/..%5c..%5chealth',
    '/api/v1//auth/me',
    '/api/%00',
    '/api/%zz',
  ])('does not pass %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
    expect(api.seen).toHaveLength(1);
  });
});

describe('the cross-site guard', () => {
  const put = (headers: Record<string, string>) => ask('/api/v1/notes', { method: 'PUT', body: '{}', headers });

  it.each([
    ['a page of ours', { 'sec-fetch-site': 'same-origin' }],
    ['an old browser on a page of ours', { origin: 'http://web.test' }],
  ])('passes a change asked for by %s', async (_name, headers: Record<string, string>) => {
    expect((await put(headers)).status).toBe(200);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://web.test' }],
    ['a sibling domain', { 'sec-fetch-site': 'same-site' }],
    ['no page at all', { 'sec-fetch-site': 'none' }],
    ['an old browser on another site', { origin: 'http://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a client that says nothing', {}],
  ])('refuses a change asked for by %s, and asks the API nothing', async (_name, headers: Record<string, string>) => {
    const answer = await put(headers);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(api.seen).toHaveLength(1);
  });

  it('lets a link from another site read', async () => {
    expect((await ask('/api/v1/patients', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200);
  });
});

describe('streams through the proxy', () => {
  let web: Server;
  beforeEach(async () => {
    web = createServer(async (incoming, outgoing) => {
      const abort = new AbortController();
      outgoing.on('close', () => abort.abort());
      const hasBody = incoming.method !== 'GET';
      const request = new Request(`http://web.test${incoming.url}`, {
        method: incoming.method ?? 'GET',
        headers: new Headers(
          Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
        ),
        signal: abort.signal,
        ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' as const } : {}),
      });
      const answer = await proxyToApi(request, runtime);
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      outgoing.flushHeaders();
      const browserLeft = () => undefined;
      if (answer.body) await answer.body.pipeTo(Writable.toWeb(outgoing)).catch(browserLeft);
      else outgoing.end();
    }).listen(0, '127.0.0.1');
    await once(web, 'listening');
  });
  afterEach(() => {
    web.closeAllConnections();
    web.close();
  });
  const port = () => (web.address() as AddressInfo).port;

  it('hands the first bytes of an upload on while the rest is still being sent', async () => {
    const firstBytes = new Promise<string>((resolve) => {
      api.handler = async (request, response) => {
        request.once('data', (chunk: Buffer) => resolve(chunk.toString()));
        await once(request, 'end');
        json(response, 202, { id: 'import' });
        return true;
      };
    });
    const upload = httpRequest({
      port: port(),
      method: 'POST',
      path: '/api/v1/patients/p/imports',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' },
    });
    upload.write('first half');
    expect(await firstBytes).toBe('first half');
    upload.end('second half');
    const [answer] = await once(upload, 'response');
    expect(answer.statusCode).toBe(202);
  });

  it('hands on each event as it comes, and hangs up at the API when the browser leaves', async () => {
    const hungUp = new Promise<void>((resolve) => {
      api.handler = (request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
        response.write('id: 1\ndata: first\n\n');
        request.on('close', resolve);
        return true;
      };
    });
    const stream = httpRequest({ port: port(), path: '/api/v1/live', headers: { cookie } }).end();
    const [answer] = await once(stream, 'response');
    expect(answer.headers).toMatchObject({ 'x-accel-buffering': 'no' });
    expect(answer.headers['cache-control']).toContain('no-transform');
    const [chunk] = await once(answer, 'data');
    expect(String(chunk)).toBe('id: 1\ndata: first\n\n');
    stream.destroy();
    await hungUp;
  });

  it('delivers a refusal that comes before the whole upload was sent', async () => {
    api.handler = (_request, response) => {
      json(response, 413, { code: 'PAYLOAD_TOO_LARGE' });
      return true;
    };
    const upload = httpRequest({
      port: port(),
      method: 'POST',
      path: '/api/v1/patients/p/imports',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' },
    });
    upload.on('error', () => undefined);
    upload.write(Buffer.alloc(1_000_000));
    const [answer] = await once(upload, 'response');
    upload.end();
    expect(answer.statusCode).toBe(413);
  });
});
