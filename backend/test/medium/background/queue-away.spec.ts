import { randomUUID } from 'node:crypto';
import { ImportsModule } from '../../../src/modules/imports/imports.module.js';
import { ImportsService } from '../../../src/modules/imports/imports.service.js';
import { QUEUES } from '../../../src/modules/background/queue/jobs.js';
import { newPatientUser } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type ApplicationProcess, eventually, startApplication } from '../../support/application-process.js';
import { openOwnPostgres } from '../../support/own-postgres.js';
import { describeWithRedis, openOwnRedis } from '../../support/own-redis.js';
import { clarityExport } from '../imports/setup.js';

jest.setTimeout(240_000);

interface Server {
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** An API and a worker process on the same database and queue. */
async function open(variables: Readonly<Record<string, string>>, server: Server) {
  const settings = { ...variables, QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}` };
  const test = await createTestApp(settings);
  const worker = startApplication({ ...settings, PROCESS_ROLE: 'worker' });
  const { bearer } = await newPatientUser(test.dataSource);
  return { test, worker, bearer, server };
}

async function close({ test, worker, server }: { test: TestApp; worker: ApplicationProcess; server: Server }) {
  await worker.kill('SIGKILL');
  await test.close();
  await server.close();
}

const upload = async (test: TestApp, bearer: string): Promise<string> => {
  const { body } = await test.http
    .post('/api/v1/patients/me/imports')
    .set('authorization', bearer)
    .attach('file', Buffer.from(clarityExport(50)), 'export.csv')
    .expect(202);
  return body.id;
};

const isDone = async (test: TestApp, importId: string): Promise<boolean> => {
  const [row] = await test.dataSource.query<{ status: string }[]>('SELECT status FROM imports WHERE id = $1', [
    importId,
  ]);
  return row?.status === 'done';
};

/** How many queues of a worker wait on PostgreSQL for their jobs. */
const listening = async ({ dataSource }: TestApp): Promise<number> =>
  (
    await dataSource.query(
      `SELECT DISTINCT application_name FROM pg_stat_activity WHERE application_name = ANY ($1) AND state = 'idle'`,
      [Object.keys(QUEUES)],
    )
  ).length;

describeWithRedis('while Redis is away', () => {
  let on: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    const redis = await openOwnRedis(['--maxmemory-policy', 'noeviction']);
    on = await open({ REDIS_URL: redis.url }, redis);
  });
  afterAll(() => close(on));

  it('readings and uploads are accepted at once, and imported once it is back, without a restart', async () => {
    const { test, bearer, server } = on;
    const first = await upload(test, bearer);
    await eventually(() => isDone(test, first));

    await server.kill();
    const second = await upload(test, bearer);
    const start = performance.now();
    await upload(test, bearer);
    const milliseconds = performance.now() - start;
    await test.http
      .post('/api/v1/patients/me/readings')
      .set('authorization', bearer)
      .send({ readings: [{ measuredAt: '2026-01-01T00:00:00Z', value: 100, unit: 'mg/dL' }] })
      .expect(200);
    expect(milliseconds).toBeLessThan(4_000);

    await server.start();
    test.clock.advance(61_000);
    const imports = test.app.select(ImportsModule).get(ImportsService);
    await eventually(async () => {
      await imports.resumeForgotten().catch(() => undefined);
      return isDone(test, second);
    });
  });
});

describe('while PostgreSQL is away', () => {
  let on: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    const postgres = await openOwnPostgres();
    on = await open({ DATABASE_URL: postgres.url, REDIS_URL: '' }, postgres);
  });
  afterAll(() => close(on));

  it('a worker waits, and goes on with the queue in it once it is back', async () => {
    const { test, bearer, server, worker } = on;
    const first = await upload(test, bearer);
    await eventually(() => isDone(test, first));
    // A queue that loses its connection while it opens ends the process, which then starts anew. Here it is lost later.
    await eventually(async () => (await listening(test)) === Object.keys(QUEUES).length);

    await server.kill();
    expect((await test.http.get('/api/v1/patients/me').set('authorization', bearer)).status).toBeGreaterThanOrEqual(
      500,
    );
    await server.start();
    let second = '';
    await eventually(async () => {
      const { status, body } = await test.http
        .post('/api/v1/patients/me/imports')
        .set('authorization', bearer)
        .attach('file', Buffer.from(clarityExport(60)), 'export.csv');
      second = body.id;
      return status === 202;
    });
    test.clock.advance(61_000);
    const imports = test.app.select(ImportsModule).get(ImportsService);
    await eventually(async () => {
      await imports.resumeForgotten().catch(() => undefined);
      return isDone(test, second);
    });
    expect(worker.output()).not.toContain('could not start');
  });
});
