import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { parseEnvironment } from '../../src/config/environment.js';
import { CONNECTION_LIMITS, cutSlowBodies } from '../../src/common/http/connection-limits.js';
import { createTestApp, type TestApp } from '../support/app.js';

const CLINIC = 'https://clinic.example';

describe('cross-origin requests', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ CORS_ORIGINS: `${CLINIC},http://localhost:5173` });
  });
  afterAll(() => test.close());

  const preflight = (origin: string) =>
    test.http
      .options('/api/v1/patients/me')
      .set('origin', origin)
      .set('access-control-request-method', 'PATCH')
      .set('access-control-request-headers', 'authorization,x-made-up');

  it('a listed origin may use every method, and keeps the answer to its preflight', async () => {
    const { headers } = await preflight(CLINIC);
    expect(headers).toMatchObject({ 'access-control-allow-origin': CLINIC, 'access-control-max-age': '600' });
    expect(headers['access-control-allow-methods']).toContain('PATCH');
    expect(headers['access-control-allow-headers']).toContain('authorization');
    expect(headers['access-control-allow-headers']).not.toContain('x-made-up');
  });

  it('a listed origin reads the headers a client needs, also of an error', async () => {
    const { status, headers } = await test.http.get('/api/v1/patients/me').set('origin', CLINIC);
    expect(status).toBe(401);
    expect(headers).toMatchObject({ 'access-control-allow-origin': CLINIC });
    expect(headers['access-control-expose-headers']).toMatch(/retry-after.*x-request-id/);
  });

  it.each(['https://evil.example', `${CLINIC}.evil.example`, `${CLINIC}:8443`, 'http://clinic.example', 'null'])(
    '%s gets no allow header',
    async (origin) => {
      for (const answer of [await preflight(origin), await test.http.get('/health/live').set('origin', origin)]) {
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      }
    },
  );

  it('the real server bounds how long a request may take to arrive', () => {
    const { http, keepAliveTimeout } = CONNECTION_LIMITS;
    expect(test.app.getHttpServer()).toMatchObject({
      keepAliveTimeout,
      headersTimeout: http.headersTimeout,
      requestTimeout: http.requestTimeout,
    });
  });
});

it.each(['*', 'https://clinic.example/', 'https://clinic.example/app', 'clinic.example', 'https://Clinic.example'])(
  'CORS_ORIGINS=%s is refused at start',
  (entry) => {
    const variables = { DATABASE_URL: 'postgres://localhost/x', SECRET_KEY: 'k'.repeat(32), CORS_ORIGINS: entry };
    expect(() => parseEnvironment(variables)).toThrow('CORS_ORIGINS');
  },
);

it('a client that sends its body a byte at a time is cut off, and others are served meanwhile', async () => {
  const server = Fastify();
  cutSlowBodies(server, 300);
  server.post('/', async () => 'served');
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  const slow = connect(port, '127.0.0.1');
  slow.on('error', () => undefined);
  const closed = new Promise((resolve) => slow.once('close', resolve));
  slow.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n');
  const drip = setInterval(() => slow.write(' '), 50);
  try {
    const other = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(await other.text()).toBe('served');
    await closed;
  } finally {
    clearInterval(drip);
    slow.destroy();
    await server.close();
  }
});

it('a client that never ends its headers is answered 408 and cut off, and others are served meanwhile', async () => {
  const { keepAliveTimeout, http } = CONNECTION_LIMITS;
  // As the real server is made, in less time.
  const server = Fastify({
    keepAliveTimeout,
    http: { ...http, headersTimeout: 500, connectionsCheckingInterval: 100 },
  });
  server.get('/', async () => 'served');
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as AddressInfo;
  const slow = connect(port, '127.0.0.1');
  let answer = '';
  slow.on('error', () => undefined).on('data', (chunk: Buffer) => (answer += chunk.toString()));
  const closed = new Promise((resolve) => slow.once('close', resolve));
  slow.write('GET / HTTP/1.1\r\n');
  const drip = setInterval(() => slow.write('x-slow: 1\r\n'), 50);
  try {
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('served');
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  } finally {
    clearInterval(drip);
    slow.destroy();
    await server.close();
  }
});
