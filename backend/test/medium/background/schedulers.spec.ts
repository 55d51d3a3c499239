import { getQueueToken } from '@nestjs/bullmq';
import { randomUUID } from 'node:crypto';
import type { Queue } from 'bullmq';
import { JOBS, RECURRING_JOBS, type RecurringJob } from '../../../src/modules/background/queue/jobs.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type ApplicationProcess, eventually, startApplication } from '../../support/application-process.js';

jest.setTimeout(240_000);

const QUEUE_SCHEMA = `queue_${randomUUID().slice(0, 8)}`;
const processes: ApplicationProcess[] = [];
let test: TestApp;

beforeAll(async () => {
  test = await createTestApp({ QUEUE_SCHEMA });
});
afterAll(async () => {
  await Promise.all(processes.map((process) => process.kill('SIGKILL')));
  await test.close();
});

it('three schedulers have the work of each slot done once', async () => {
  const start = (role: string) => {
    const process = startApplication({ PROCESS_ROLE: role, QUEUE_SCHEMA });
    processes.push(process);
    return process;
  };
  const schedulers = ['scheduler', 'scheduler', 'scheduler'].map(start);
  const worker = start('worker');
  const queue = test.app.get<Queue>(getQueueToken('maintenance'), { strict: false });
  const sealed = async () => (await queue.getCompleted()).filter(({ name }) => name === 'audit.seal').length;
  // From when all of them are up, each slot is asked for by three.
  await eventually(() => schedulers.every((one) => one.output().includes('successfully started')));
  await eventually(async () => (await sealed()) > 0, 150);
  const before = await sealed();
  await eventually(async () => (await sealed()) > before, 150);
  for (const scheduler of schedulers) await scheduler.kill('SIGTERM');
  await eventually(async () => (await queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized')) === 0);

  const jobs = (await queue.getCompleted()).filter(({ name }) => isRecurring(name));
  const slots = jobs.map(
    ({ name, timestamp }) => `${name} ${Math.floor(timestamp / RECURRING_JOBS[name as RecurringJob])}`,
  );
  expect([...slots].sort()).toEqual([...new Set(slots)].sort());
  const runs = () => worker.logged('job completed').filter(({ job }) => isRecurring(String(job)));
  await eventually(() => runs().length >= jobs.length);
  expect(
    runs()
      .map(({ jobId }) => jobId)
      .sort(),
  ).toEqual(jobs.map(({ id }) => id).sort());
});

/** Recurring work of the queue that is looked at. */
const isRecurring = (name: string) =>
  Object.hasOwn(RECURRING_JOBS, name) && JOBS[name as RecurringJob].queue === 'maintenance';
