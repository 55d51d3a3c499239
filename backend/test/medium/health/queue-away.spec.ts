import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { QUEUES } from '../../../src/modules/background/queue/jobs.js';
import { type BackendProcess, startBackend, until } from '../../support/backend-process.js';
import { withOwnDatabase } from '../../support/own-database.js';
import { openOwnPostgres } from '../../support/own-postgres.js';
import { describeWithRedis, openOwnRedis } from '../../support/own-redis.js';

jest.setTimeout(180_000);

interface Server {
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

type Variables = Readonly<Record<string, string>>;

const ORIGINAL_BODY =
  /^\{"service":"glucolens-backend","version":"[^"]+","features":\[[^\]]*\],"database":"connected","status":"healthy"\}$/;

/** What the log tells of this process's health, in order. */
const told = (backend: BackendProcess) =>
  backend
    .lines()
    .filter(({ msg, check }) => check !== undefined || ['started', 'stopping', 'stopped'].includes(String(msg)))
    .map(({ msg, check }) => (check === undefined ? String(msg) : `${check} ${msg}`));

/** Whatever else the log complains of the queue. */
const complaints = (backend: BackendProcess) =>
  backend.lines().filter(({ level, check, msg }) => Number(level) >= 40 && !check && /queue/i.test(String(msg)));

const askApi = async ({ api }: BackendProcess, path: string) => {
  const answer = await fetch(`${api}${path}`);
  return { status: answer.status, text: await answer.text() };
};

/**
 * A queue on PostgreSQL that loses its connection while it opens ends the process, which then starts anew. Here it is
 * lost later: every queue has been read, and every worker listens.
 */
async function untilQueuesAreOpen(backend: BackendProcess, worksOn: string | null, workers = 1): Promise<void> {
  const names = Object.keys(QUEUES);
  await until(async () => {
    const text = await (await fetch(backend.metrics)).text();
    return names.every((name) => text.includes(`glucolens_queue_jobs{queue="${name}"`));
  });
  if (worksOn === null) return;
  const client = new Client({ connectionString: worksOn });
  await client.connect();
  const listening = `SELECT application_name FROM pg_stat_activity WHERE application_name = ANY ($1) AND state = 'idle'`;
  await until(async () => (await client.query(listening, [names])).rows.length >= names.length * workers);
  await client.end();
}

/** A worker answers probes on its side server alone. */
const askWorker = async ({ metrics }: BackendProcess, path: string) => {
  const answer = await fetch(new URL(path, metrics));
  return { status: answer.status, text: await answer.text() };
};

async function stateOf(ask: Promise<{ status: number; text: string }>) {
  const { status, text } = await ask;
  return `${status} ${JSON.parse(text).status}`;
}

/** `listensOn` is where the workers of a queue on PostgreSQL wait for jobs. */
interface Setting {
  readonly queue: Server;
  readonly variables: Variables;
  readonly listensOn: string | null;
  close(): Promise<void>;
}

function promises(open: () => Promise<Setting>) {
  let on: Setting;
  let api: BackendProcess;
  let worker: BackendProcess;

  beforeAll(async () => {
    on = await open();
    const variables = {
      ...on.variables,
      QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}`,
      // Shorter than the outage: a worker must not count it as its own fault.
      WORKER_STUCK_SECONDS: '1',
    };
    [api, worker] = await Promise.all([
      startBackend({ ...variables, PROCESS_ROLE: 'api' }),
      startBackend({ ...variables, PROCESS_ROLE: 'worker' }),
    ]);
  });
  afterAll(async () => {
    for (const backend of [api, worker]) {
      if (backend?.child.exitCode === null) backend.child.kill('SIGKILL');
      await backend?.ended();
    }
    await on.close();
  });

  it('the API is degraded and served, a worker is not ready, neither is to be restarted, and the log says so once', async () => {
    const apiState = () => stateOf(askApi(api, '/health/ready'));
    const workerState = () => stateOf(askWorker(worker, '/health/ready'));
    const seen = new Set<string>();
    const watch = async () => {
      seen.add(await apiState()).add(await stateOf(askApi(api, '/health/live')));
      seen.add(await stateOf(askWorker(worker, '/health/live')));
      return workerState();
    };
    await until(async () => (await apiState()) === '200 ready' && (await workerState()) === '200 ready');

    await Promise.all([untilQueuesAreOpen(api, null), untilQueuesAreOpen(worker, on.listensOn)]);

    expect(await watch()).toBe('200 ready');
    await on.queue.kill();
    const lostAt = performance.now();
    await until(async () => (await watch()) === '503 unavailable' && seen.has('200 degraded'));
    await until(async () => (await watch()) !== '503 unavailable' || performance.now() - lostAt > 6_000);
    expect(await workerState()).toBe('503 unavailable');
    expect(await apiState()).toBe('200 degraded');
    expect(JSON.parse((await askApi(api, '/health/ready')).text).checks).toEqual({
      database: 'up',
      migrations: 'applied',
      queue: 'down',
    });
    const summary = await askApi(api, '/health');
    expect([summary.status, ORIGINAL_BODY.test(summary.text)]).toEqual([200, true]);
    // What was seen all the while: served, and alive.
    expect([...seen].sort()).toEqual(['200 alive', '200 degraded', '200 ready']);

    await on.queue.start();
    await until(async () => (await apiState()) === '200 ready' && (await workerState()) === '200 ready');
    for (const backend of [api, worker]) {
      expect(await backend.stop()).toBe(0);
      expect(told(backend)).toEqual(['started', 'queue unhealthy', 'queue healthy again', 'stopping', 'stopped']);
      expect(complaints(backend)).toEqual([]);
    }
  });
}

const own = withOwnDatabase(() => undefined);

describeWithRedis('with its queue on Redis away', () => {
  promises(async () => {
    const DATABASE_URL = await own.open();
    const queue = await openOwnRedis(['--maxmemory-policy', 'noeviction']);
    const close = async () => {
      await queue.close();
      await own.close();
    };
    return { queue, variables: { DATABASE_URL, REDIS_URL: queue.url }, listensOn: null, close };
  });
});

describe('with its queue on a PostgreSQL of its own away', () => {
  promises(async () => {
    const DATABASE_URL = await own.open();
    const queue = await openOwnPostgres();
    const close = async () => {
      await queue.close();
      await own.close();
    };
    const variables = { DATABASE_URL, DATABASE_DIRECT_URL: queue.url, REDIS_URL: '' };
    return { queue, variables, listensOn: queue.url, close };
  });
});

describe('with its database away', () => {
  let server: Awaited<ReturnType<typeof openOwnPostgres>>;
  const started: BackendProcess[] = [];
  beforeAll(async () => {
    server = await openOwnPostgres();
  });
  afterAll(async () => {
    for (const { child, ended } of started) {
      if (child.exitCode === null) child.kill('SIGKILL');
      await ended();
    }
    await server.close();
  });

  it('every role logs each change once', async () => {
    // The queue is in the same database: both are lost, and both come back.
    const settings = { DATABASE_URL: server.url, REDIS_URL: '' };
    const roles = ['api', 'worker', 'scheduler', 'all'];
    const starting = roles.map(async (role) => {
      const QUEUE_SCHEMA = `queue_${randomUUID().slice(0, 8)}`;
      const backend = await startBackend({ ...settings, QUEUE_SCHEMA, PROCESS_ROLE: role });
      started.push(backend);
      return backend;
    });
    const backends = await Promise.all(starting);
    // Two of the four work.
    for (const backend of backends) await untilQueuesAreOpen(backend, server.url, 2);
    await server.kill();
    await until(() => backends.every((backend) => told(backend).length >= 3));
    await server.start();
    await until(() => backends.every((backend) => told(backend).length >= 5));
    for (const backend of backends) {
      expect(await backend.stop()).toBe(0);
      const lines = told(backend);
      expect([lines[0], ...lines.slice(-2)]).toEqual(['started', 'stopping', 'stopped']);
      expect(lines.slice(1, 3).sort()).toEqual(['database unhealthy', 'queue unhealthy']);
      expect(lines.slice(3, -2).sort()).toEqual(['database healthy again', 'queue healthy again']);
      expect(complaints(backend)).toEqual([]);
    }
  });
});
