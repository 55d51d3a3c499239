import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { DataSource, QueryRunner } from 'typeorm';
import { type BackendProcess, startBackend, until } from '../../support/backend-process.js';
import { withOwnDatabase } from '../../support/own-database.js';
import { describeWithRedis, openOwnRedis } from '../../support/own-redis.js';

jest.setTimeout(180_000);

let database: DataSource;
let url: string;
const own = withOwnDatabase((opened) => (database = opened));
beforeAll(async () => {
  url = await own.open();
});
afterAll(() => own.close());

const started: BackendProcess[] = [];
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    if (child.exitCode === null) child.kill('SIGKILL');
    await ended();
  }
});

async function start(variables: Readonly<Record<string, string>>, options: Parameters<typeof startBackend>[1] = {}) {
  const settings = { DATABASE_URL: url, REDIS_URL: '', QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}` };
  const backend = await startBackend({ ...settings, ...variables }, options);
  started.push(backend);
  return backend;
}

/** Holds back whoever writes to the table, until it is released. */
async function hold(table: string): Promise<QueryRunner> {
  const runner = database.createQueryRunner();
  await runner.startTransaction();
  // A process may take longer to start here than a transaction may be idle.
  await runner.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await runner.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return runner;
}

async function release(runner: QueryRunner): Promise<void> {
  await runner.rollbackTransaction();
  await runner.release();
}

/** How many wait for the table that is held. */
const waiting = async (): Promise<number> =>
  (
    await database.query(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name LIKE 'glucolens-%'
        AND datname = current_database()`,
    )
  ).length;
const heldUp = async (): Promise<boolean> => (await waiting()) > 0;

const told = (backend: BackendProcess, message: string) => backend.lines().filter(({ msg }) => msg === message);
const ready = async (backend: BackendProcess) => (await fetch(`${backend.api}/health/ready`)).status;

const REGISTER = '/api/v1/auth/register';

/** Asks for a new account over the given connections; answers the response and whether its client was to go. */
async function register(backend: BackendProcess, agent: Agent): Promise<IncomingMessage> {
  const sent = request(`${backend.api}${REGISTER}`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json' },
  });
  sent.end(JSON.stringify({ email: `${randomUUID()}@example.org`, password: 'long enough to be taken' }));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

it.each([
  ['as they are listed', {}],
  ['listed the other way round', { require: './test/support/reversed-modules.cjs' }],
])('a running job keeps its database until it has ended, modules %s', async (_order, options) => {
  const imports = await hold('imports');
  const backend = await start({ PROCESS_ROLE: 'all' }, options);
  await until(heldUp);
  backend.child.kill('SIGTERM');
  await until(() => told(backend, 'stopping').length > 0);
  expect([backend.child.exitCode, await heldUp()]).toEqual([null, true]);
  await release(imports);
  expect(await backend.ended()).toBe(0);
  expect(told(backend, 'job completed').map(({ job }) => job)).toContain('imports.resume');
  expect([...told(backend, 'job failed'), ...told(backend, 'job dead')]).toEqual([]);
  expect(told(backend, 'stopped')).toHaveLength(1);
});

it('a job that takes too long is handed back and not failed', async () => {
  const imports = await hold('imports');
  const queue = `queue_${randomUUID().slice(0, 8)}`;
  const backend = await start({ PROCESS_ROLE: 'all', SHUTDOWN_DEADLINE_MS: '10000', QUEUE_SCHEMA: queue });
  await until(heldUp);
  backend.child.kill('SIGTERM');
  const active = () => database.query(`SELECT 1 FROM ${queue}.job WHERE name = 'imports.resume' AND state = 'active'`);
  await until(async () => told(backend, 'jobs handed back').length > 0 || backend.child.exitCode !== null);
  await release(imports);
  expect(await backend.ended()).toBe(0);
  // Another slot may have begun: what matters is that none of them failed.
  expect(await active()).not.toHaveLength(0);
});

it('a request under way is answered although readiness says 503 at once, and an open connection delays nothing', async () => {
  const backend = await start({ PROCESS_ROLE: 'api', DRAIN_DELAY_MS: '1500', SHUTDOWN_DEADLINE_MS: '20000' });
  const agent = new Agent({ keepAlive: true, timeout: 65_000 });
  expect((await register(backend, agent)).statusCode).toBe(201);
  const users = await hold('users');
  const underWay = register(backend, agent);
  await until(heldUp);

  const asked = performance.now();
  backend.child.kill('SIGTERM');
  await until(async () => (await ready(backend)) === 503);
  const draining = await fetch(`${backend.api}/health/ready`);
  expect(await draining.json()).toEqual({ status: 'draining', role: 'api' });
  expect(draining.headers.get('connection')).toBe('close');
  expect((await fetch(`${backend.api}/health/live`)).status).toBe(200);
  await release(users);
  const answer = await underWay;
  expect([answer.statusCode, answer.headers.connection]).toEqual([201, 'close']);
  expect(await backend.ended()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(15_000);
  agent.destroy();
});

it('a connection that falls idle after the server has closed does not hold it open', async () => {
  const backend = await start({ PROCESS_ROLE: 'api' });
  const agent = new Agent({ keepAlive: true, timeout: 65_000 });
  const users = await hold('users');
  const underWay = register(backend, agent);
  await until(heldUp);
  const asked = performance.now();
  backend.child.kill('SIGTERM');
  await until(async () => (await fetch(`${backend.api}/health/live`).catch(() => null)) === null);
  await release(users);
  expect((await underWay).statusCode).toBe(201);
  expect(await backend.ended()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(15_000);
  agent.destroy();
});

it('a connection in reserve, over which nothing ever came, does not hold it open', async () => {
  const backend = await start({ PROCESS_ROLE: 'api' });
  const reserve = connect(Number(new URL(backend.api).port), '127.0.0.1').on('error', () => undefined);
  await once(reserve, 'connect');
  await ready(backend);
  const asked = performance.now();
  backend.child.kill('SIGTERM');
  expect(await backend.ended()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(10_000);
  reserve.destroy();
});

it('past its deadline it ends with 1, and a second signal ends it at once', async () => {
  const users = await hold('users');
  const late = await start({ PROCESS_ROLE: 'api', SHUTDOWN_DEADLINE_MS: '1000' });
  const impatient = await start({ PROCESS_ROLE: 'api' });
  const agent = new Agent({ keepAlive: true });
  let enough = false;
  // A busy machine may first answer that it is busy.
  const ask = async (backend: BackendProcess) => {
    while (!enough) await register(backend, agent).catch(() => undefined);
  };
  const answers = Promise.all([ask(late), ask(impatient)]);
  await until(async () => (await waiting()) === 2);
  enough = true;
  late.child.kill('SIGTERM');
  impatient.child.kill('SIGTERM');
  await until(async () => (await fetch(`${impatient.api}/health/live`).catch(() => null)) === null);
  impatient.child.kill('SIGTERM');
  await until(() => impatient.child.exitCode !== null && late.child.exitCode !== null);
  expect([late.child.exitCode, impatient.child.exitCode]).toEqual([1, 128 + 15]);
  expect(told(late, 'not stopped in time')).toHaveLength(1);
  await release(users);
  await answers;
  agent.destroy();
});

it.each(['worker', 'scheduler'])('a %s answers probes on its own port and leaves with 0', async (role) => {
  const backend = await start({ PROCESS_ROLE: role });
  const probe = async (path: string) => (await fetch(new URL(path, backend.metrics))).status;
  await until(async () => (await probe('/health/ready')) === 200);
  expect(await Promise.all(['/health', '/health/live', '/health/startup'].map(probe))).toEqual([200, 200, 200]);
  expect(await backend.stop()).toBe(0);
  expect(['started', 'stopping', 'stopped'].map((message) => told(backend, message).length)).toEqual([1, 1, 1]);
});

it('a process that still waits for its database leaves at once', async () => {
  const silent = createServer();
  const asks = once(silent, 'connection');
  silent.listen({ port: 0, host: '127.0.0.1' });
  await once(silent, 'listening');
  const nobody = new URL(url);
  nobody.port = String((silent.address() as AddressInfo).port);
  const backend = await start({ PROCESS_ROLE: 'api', DATABASE_URL: nobody.href }, { waitUntilReady: false });
  await asks;
  backend.child.kill('SIGTERM');
  const asked = performance.now();
  expect(await backend.ended()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(3_000);
  silent.close();
});

describeWithRedis('while Redis is away', () => {
  it.each(['api', 'worker', 'scheduler'])('the %s ends in order, and long before its deadline', async (role) => {
    const redis = await openOwnRedis(['--maxmemory-policy', 'noeviction']);
    try {
      const backend = await start({ REDIS_URL: redis.url, PROCESS_ROLE: role, DRAIN_DELAY_MS: '0' });
      await redis.kill();
      // Long enough for connections to be between two attempts.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const asked = performance.now();
      expect(await backend.stop()).toBe(0);
      expect(performance.now() - asked).toBeLessThan(15_000);
      expect(told(backend, 'stopped')).toHaveLength(1);
    } finally {
      await redis.close();
    }
  });
});
