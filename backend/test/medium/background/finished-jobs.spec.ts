import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { JobsService } from '../../../src/modules/background/queue/jobs.service.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/application-process.js';

jest.setTimeout(120_000);

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ PROCESS_ROLE: 'worker' });
});
afterAll(() => test.close());

it('remembers a finished job by whose id a repeat is to be known, and forgets others at once', async () => {
  const jobs = test.app.get(JobsService, { strict: false });
  const queue = test.app.get<Queue>(getQueueToken('alerts'), { strict: false });
  const left = () => queue.getJobCountByTypes('waiting', 'prioritized', 'delayed', 'active');
  await jobs.enqueue('alerts.sweep', {}, 'a slot');
  for (let i = 0; i < 5; i++) await jobs.enqueue('alerts.sweep', {});
  await eventually(async () => (await left()) === 0);
  await jobs.enqueue('alerts.sweep', {}, 'a slot');
  expect(await left()).toBe(0);
  const remembered = await queue.getJobs(['completed', 'failed']);
  expect(remembered.map(({ id }) => id)).toEqual(['alerts.sweep-a slot']);
});
