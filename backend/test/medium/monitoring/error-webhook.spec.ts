import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { SystemClock } from '../../../src/common/clock.js';
import { ErrorWebhook } from '../../../src/common/errors/error-webhook.js';
import { newPatientUser } from '../../factories/patients.js';
import { type BackendProcess, startBackend, until } from '../../support/backend-process.js';
import { withOwnDatabase } from '../../support/own-database.js';

jest.setTimeout(180_000);

interface Message {
  readonly errors: readonly { source: string; type: string; where: string; requestId: string | null; count: number }[];
}

let sink: Server;
let url: string;
let messages: string[] = [];
let database: DataSource;
const own = withOwnDatabase((opened) => (database = opened));
let backend: BackendProcess;

const told = () => messages.flatMap((text) => (JSON.parse(text) as Message).errors);

beforeAll(async () => {
  sink = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      messages.push(body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(sink, 'listening');
  url = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/errors`;
  await own.open();
});
beforeEach(() => void (messages = []));
afterAll(async () => {
  sink.close();
  await own.close();
});

const start = async (options: Parameters<typeof startBackend>[1] = {}) => {
  const address = new URL(process.env['DATABASE_URL'] ?? '');
  address.pathname = `/${String(database.driver.database)}`;
  const variables = { DATABASE_URL: address.href, PROCESS_ROLE: 'all', ERROR_WEBHOOK_URL: url, REVISION: 'abc123' };
  backend = await startBackend(variables, options);
};

it('tells kind, route and number of unforeseen errors in one message, and no value', async () => {
  await start();
  const person = await newPatientUser(database);
  await database.query('ALTER TABLE glucose_readings ADD CONSTRAINT refuse CHECK (false) NOT VALID');
  const send = async () => {
    const answer = await fetch(`${backend.api}/api/v1/patients/me/readings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: person.bearer },
      body: JSON.stringify({ measuredAt: new Date().toISOString(), value: 277.7, unit: 'mg/dL' }),
    });
    expect(answer.status).toBe(500);
    return answer.headers.get('x-request-id');
  };
  const ids = [];
  for (let i = 0; i < 20; i++) ids.push(await send());
  await fetch(`${backend.api}/api/v1/patients/me`);
  await until(() => told().length > 0);
  await backend.stop();
  expect(told().reduce((sum, { count }) => sum + count, 0)).toBe(20);
  // One message while the errors came, at most one more at the end of the process.
  expect(messages.length).toBeLessThanOrEqual(2);
  expect(JSON.parse(messages[0] ?? '')).toEqual({
    service: 'glucolens-backend',
    version: '0.1.0',
    revision: 'abc123',
    role: 'all',
    errors: [
      {
        source: 'request',
        type: 'QueryFailedError',
        code: '23514',
        where: 'POST /api/v1/patients/:patientId/readings',
        requestId: expect.any(String),
        count: expect.any(Number),
        firstAt: expect.any(String),
        lastAt: expect.any(String),
      },
    ],
  });
  expect(ids).toContain(told().at(-1)?.requestId);
  expect(messages.join()).not.toMatch(/277|Failing row|@/);
});

it.each([
  ['SIGUSR2', 'uncaughtException'],
  ['SIGHUP', 'unhandledRejection'],
] as const)(
  'on %s: an error that reaches nobody (%s) is told once, and ends the process with 1',
  async (signal, event) => {
    await start({ require: join(__dirname, 'throws-on-signal.cjs') });
    const exited = once(backend.child, 'exit');
    backend.child.kill(signal);
    expect((await exited)[0]).toBe(1);
    expect(told()).toEqual([expect.objectContaining({ source: 'process', type: 'TypeError', where: event, count: 1 })]);
    const fatal = backend.lines().filter(({ level }) => level === 60);
    expect(fatal).toEqual([
      expect.objectContaining({ msg: event, err: expect.objectContaining({ type: 'TypeError' }) }),
    ]);
    expect(backend.output() + messages.join()).not.toContain('canary');
  },
);

it('a storm of errors of many kinds is a few small messages', async () => {
  const webhook = new ErrorWebhook(url, { service: 'test' }, new SystemClock(), 300);
  for (let i = 0; i < 10_000; i++) {
    webhook.report({ source: 'job', facts: { type: `Error${i % 200}` }, where: 'imports.run', requestId: null });
  }
  await until(() => messages.length > 0);
  expect(told()).toHaveLength(50);
  expect(messages[0]?.length).toBeLessThan(20_000);
  await webhook.flush();
  expect(messages).toHaveLength(1);
});

it('an address that does not answer harms nobody', async () => {
  const webhook = new ErrorWebhook('http://127.0.0.1:9/', { service: 'test' }, new SystemClock());
  webhook.report({ source: 'job', facts: { type: 'Error' }, where: 'imports.run', requestId: null });
  await expect(webhook.flush()).resolves.toBeUndefined();
});
