import { setTimeout as sleep } from 'node:timers/promises';
import type { JobsService } from '../../../src/modules/background/queue/jobs.service.js';
import type { LiveEvents } from '../../../src/modules/live/live-events.js';
import { QueueBell } from '../../../src/modules/readings/due-bell.js';

/** A bell with what it asked the queue for. */
function bellWithQueue() {
  const asked: { at: number; patientIds: string[] }[] = [];
  const jobs = {
    enqueue: async (_name: string, { patientIds }: { patientIds: string[] }) => {
      asked.push({ at: performance.now(), patientIds });
    },
  };
  const live = { tell: async () => undefined };
  const bell = new QueueBell(jobs as unknown as JobsService, live as unknown as LiveEvents);
  return { bell, of: (patientId: string) => asked.filter(({ patientIds }) => patientIds.includes(patientId)) };
}

it('has a person looked at once for readings that come one after the other, and again after the last of them', async () => {
  const { bell, of } = bellWithQueue();
  let last = 0;
  for (let i = 0; i < 15; i++) {
    last = performance.now();
    bell.ring('sends many', i);
    await sleep(20);
  }
  bell.ring('sends one', 0);
  await sleep(900);
  bell.onApplicationShutdown();
  expect(of('sends one')).toHaveLength(1);
  expect(of('sends many')).toHaveLength(2);
  expect(of('sends many')[1]?.at).toBeGreaterThan(last);
});

it('has everybody looked at again who reports again after a while', async () => {
  const { bell, of } = bellWithQueue();
  for (let i = 0; i < 2; i++) {
    bell.ring('one', i);
    bell.ring('other', i);
    await sleep(700);
  }
  bell.onApplicationShutdown();
  expect([of('one').length, of('other').length]).toEqual([2, 2]);
});
