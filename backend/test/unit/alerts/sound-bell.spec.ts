import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { SoundBell } from '../../../src/modules/alerts/sound-bell.js';
import type { JobsService } from '../../../src/modules/background/queue/jobs.service.js';

beforeAll(() => Logger.overrideLogger(false));

/** A bell, and who answered its rings. */
function bellHeardBy(answers: string[]) {
  const enqueue = async (name: string): Promise<void> => void answers.push(name);
  const bell = new SoundBell({ enqueue } as unknown as JobsService);
  const ring = async (): Promise<void> => {
    bell.ring();
    await sleep(120);
  };
  return { bell, ring };
}

it('leaves a job where nothing is delivered in this process', async () => {
  const answers: string[] = [];
  await bellHeardBy(answers).ring();
  expect(answers).toEqual(['alerts.deliver']);
});

it('is answered in the process that delivers, until that is told to end: then by those that stay', async () => {
  const answers: string[] = [];
  const { bell, ring } = bellHeardBy(answers);
  bell.answeredHere(async () => {
    await sleep(20);
    answers.push('here');
  });
  await ring();
  bell.ring();
  await sleep(60);
  await bell.beforeApplicationShutdown();
  expect(answers).toEqual(['here', 'here']);
  await ring();
  expect(answers).toEqual(['here', 'here', 'alerts.deliver']);
});

it('goes on after a delivery that failed', async () => {
  const answers: string[] = [];
  const { bell, ring } = bellHeardBy(answers);
  let fails = true;
  bell.answeredHere(async () => {
    if (fails) throw new Error('the database is away');
    answers.push('here');
  });
  await ring();
  fails = false;
  await ring();
  expect(answers).toEqual(['here']);
});
