import { getQueueToken } from '@nestjs/bullmq';
import { type Queue, Worker } from 'bullmq';
import { FailedJobsService } from '../../src/modules/background/queue/failed-jobs.service.js';
import { QueueModule } from '../../src/modules/background/queue/queue.module.js';
import { newMember, newUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/application-process.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const BOARD = '/api/v1/admin/queues';

/** Every route of the board, with some value for each parameter. */
const boardRoutes = () =>
  test.routes
    .filter((route) => route.includes(` ${BOARD}`) && !/^(OPTIONS|HEAD) /.test(route))
    .map((route) => route.replaceAll(/:\w+/g, 'imports').replace('*', 'index.html').split(' ', 2) as [string, string]);

const ask = (method: string, path: string, bearer: string | null) => {
  const question = test.http[method.toLowerCase() as 'get'](path);
  return bearer === null ? question : question.set('authorization', bearer);
};

/** Jobs that a worker gave up. */
async function failJobs(queue: Queue, ids: readonly string[]): Promise<void> {
  for (const jobId of ids) {
    await queue.add('audit.seal', { requestId: null, payload: {} }, { jobId, attempts: 2, backoff: 1 });
  }
  const { connection, prefix } = queue.opts;
  const worker = new Worker('maintenance', () => Promise.reject(new Error('no')), {
    connection,
    ...(prefix === undefined ? {} : { prefix }),
  });
  try {
    await eventually(async () => (await queue.getFailedCount()) === ids.length);
  } finally {
    // Forced: a worker on PostgreSQL that is just going to wait may not notice that it is to close.
    await worker.close(true);
  }
}

it('shows every route to administrators of the platform alone', async () => {
  const callers = await Promise.all([
    newUser(test.dataSource),
    newMember(test.dataSource, 'clinician'),
    newMember(test.dataSource, 'admin'),
  ]);
  const routes = boardRoutes();
  expect(routes.length).toBeGreaterThan(10);
  for (const [method, path] of routes) {
    expect([method, path, (await ask(method, path, null)).status]).toEqual([method, path, 401]);
    expect([method, path, (await ask(method, path, 'Bearer nonsense')).status]).toEqual([method, path, 401]);
    for (const { bearer } of callers) {
      expect([method, path, (await ask(method, path, bearer)).status]).toEqual([method, path, 403]);
    }
  }
});

describe('an administrator of the platform', () => {
  let bearer: string;
  beforeAll(async () => {
    ({ bearer } = await newUser(test.dataSource, { isPlatformAdmin: true }));
  });

  it('opens the page, which asks nobody else for anything', async () => {
    const { text, headers } = await ask('GET', BOARD, bearer).expect(200);
    expect(text).toContain(`<base href="${BOARD}/"`);
    expect(headers['content-security-policy']).toMatch(/^default-src 'self'; style-src 'self' 'unsafe-inline'/);
    const [, script = ''] = /src="(static\/js\/main[^"]+)"/.exec(text) ?? [];
    await ask('GET', `${BOARD}/${script}`, bearer).expect(200);
  });

  it('sees a job that was given up, and tries it again or discards it', async () => {
    const queue = test.app.get<Queue>(getQueueToken('maintenance'), { strict: false });
    const failed = async () => (await queue.getFailed()).map(({ id }) => id);
    await failJobs(queue, ['one', 'two']);

    const { body } = await ask('GET', `${BOARD}/api/queues?activeQueue=maintenance&status=failed`, bearer).expect(200);
    const shown = body.queues.find(({ name }: { name: string }) => name === 'maintenance');
    expect(shown.counts.failed).toBe(2);
    expect(shown.jobs.map(({ id }: { id: string }) => id).sort()).toEqual(['one', 'two']);

    const jobs = test.app.select(QueueModule).get(FailedJobsService);
    expect([...(await jobs.list(10))].sort((a, b) => b.id.localeCompare(a.id))).toEqual([
      { id: 'two', name: 'audit.seal', queue: 'maintenance', attempts: 2, failedAt: expect.any(String), reason: 'no' },
      { id: 'one', name: 'audit.seal', queue: 'maintenance', attempts: 2, failedAt: expect.any(String), reason: 'no' },
    ]);

    await ask('PUT', `${BOARD}/api/queues/maintenance/one/retry`, bearer).expect(204);
    expect(await (await queue.getJob('one'))?.getState()).toBe('waiting');
    await ask('PUT', `${BOARD}/api/queues/maintenance/two/clean`, bearer).expect(204);
    expect(await failed()).toEqual([]);
  });

  it('can do the same at the command line', async () => {
    const queue = test.app.get<Queue>(getQueueToken('maintenance'), { strict: false });
    const jobs = test.app.select(QueueModule).get(FailedJobsService);
    await queue.drain();
    await failJobs(queue, ['three', 'four']);
    await jobs.retry('three');
    expect(await (await queue.getJob('three'))?.getState()).toBe('waiting');
    expect((await queue.getJob('three'))?.attemptsMade).toBe(0);
    await jobs.discard('four');
    expect(await jobs.list(10)).toEqual([]);
    await expect(jobs.retry('three')).rejects.toThrow('NOT_FOUND');
  });
});
