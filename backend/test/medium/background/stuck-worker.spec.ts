import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { JobsService } from '../../../src/modules/background/queue/jobs.service.js';
import { QueueModule } from '../../../src/modules/background/queue/queue.module.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/application-process.js';
import { type BackendProcess, startBackend } from '../../support/backend-process.js';
import { withOwnDatabase } from '../../support/own-database.js';

jest.setTimeout(180_000);

const own = withOwnDatabase((opened) => (database = opened));
const QUEUE_SCHEMA = `queue_${randomUUID().slice(0, 8)}`;
let database: DataSource;
let test: TestApp;
let worker: BackendProcess;

beforeAll(async () => {
  const DATABASE_URL = await own.open();
  test = await createTestApp({ DATABASE_URL, QUEUE_SCHEMA });
  const REDIS_URL = process.env['REDIS_URL'] ?? '';
  worker = await startBackend({
    DATABASE_URL,
    REDIS_URL,
    QUEUE_SCHEMA,
    PROCESS_ROLE: 'worker',
    WORKER_STUCK_SECONDS: '2',
  });
});
afterAll(async () => {
  if (worker?.child.exitCode === null) worker.child.kill('SIGKILL');
  await worker?.ended();
  await test?.close();
  await own.close();
});

async function liveness() {
  const answer = await fetch(new URL('/health/live', worker.metrics));
  return { status: answer.status, body: await answer.json() };
}

const told = (message: string) => worker.lines().filter(({ msg }) => msg === message);

it('a worker that takes no job while jobs wait is not alive, until it takes them again', async () => {
  const jobs = test.app.select(QueueModule).get(JobsService);
  const lock = database.createQueryRunner();
  await lock.startTransaction();
  await lock.query('LOCK TABLE imports IN ACCESS EXCLUSIVE MODE');
  // Two run side by side and hang; the others wait.
  for (let index = 0; index < 4; index += 1) await jobs.enqueue('imports.resume', {}, `${randomUUID()}-${index}`);

  await eventually(async () => (await liveness()).status === 503);
  await eventually(() => told('jobs wait and the worker is stuck').length === 1);
  await lock.rollbackTransaction();
  await lock.release();
  await eventually(async () => (await liveness()).status === 200);
  await eventually(() => told('job completed').length >= 4);
  expect(await liveness()).toEqual({ status: 200, body: { status: 'alive' } });
  expect(told('jobs wait and the worker is stuck')).toEqual([
    expect.objectContaining({ queue: 'maintenance', seconds: 2 }),
  ]);
  expect(worker.child.exitCode).toBeNull();
});
