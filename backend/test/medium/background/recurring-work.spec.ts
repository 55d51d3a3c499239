import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { RecurringWork } from '../../../src/modules/background/schedules/recurring-work.js';
import { createTestApp, type TestApp } from '../../support/app.js';

describe('recurring work', () => {
  const schedulers: TestApp[] = [];

  beforeAll(async () => {
    const overrides = {
      PROCESS_ROLE: 'scheduler',
      SEED_DEMO: 'true',
      QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}`,
    };
    for (let i = 0; i < 3; i++) schedulers.push(await createTestApp(overrides));
  });
  afterAll(() => Promise.all(schedulers.map((scheduler) => scheduler.close())));

  const askAt = (instant: string) =>
    Promise.all(
      schedulers.map(({ app, clock }) => {
        clock.stopAt(instant);
        return app.get(RecurringWork, { strict: false }).feedDemo();
      }),
    );

  it('is asked for once in each slot of time, however many schedulers run', async () => {
    await askAt('2040-01-01T00:00:10Z');
    await askAt('2040-01-01T00:04:59Z');
    await askAt('2040-01-01T00:05:00Z');
    const queue = schedulers[0]?.app.get<Queue>(getQueueToken('maintenance'), { strict: false });
    const jobs = (await queue?.getJobs(['waiting', 'active', 'delayed', 'completed'])) ?? [];
    const slotOf = (instant: string) => `demo.feed-${Math.floor(Date.parse(instant) / 300_000)}`;
    const asked = jobs.map((job) => job.id).filter((id) => id !== undefined && id >= slotOf('2039-01-01T00:00:00Z'));
    expect(asked.filter((id) => id?.startsWith('demo.feed-')).sort()).toEqual([
      slotOf('2040-01-01T00:00:00Z'),
      slotOf('2040-01-01T00:05:00Z'),
    ]);
  });
});
