import { join } from 'node:path';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { AnalysisThread } from '../../../src/modules/ml/analyses/analysis-thread.js';
import type { AnalysisTask } from '../../../src/modules/ml/analyses/analysis.js';

const thread = new AnalysisThread();
thread.entry = join(__dirname, '../../support/analysis-worker.cjs');

const STEP = 300;

/** A year of a reading every five minutes takes seconds. */
function task(count: number, parameters: object = {}): AnalysisTask {
  const instants = Float64Array.from({ length: count }, (_, index) => index * STEP);
  return {
    algorithm: 'matrix-profile',
    parameters: { windowMinutes: 180, maxMotifs: 3, maxPlaces: 5, maxDiscords: 3, ...parameters },
    window: { from: 0, to: count * STEP },
    history: {
      zones: alwaysIn('UTC'),
      glucose: {
        instants,
        tenths: Int16Array.from(
          instants,
          (_, index) => 1_200 + Math.round(400 * Math.sin(index / 9) + ((index * 7) % 13)),
        ),
        flags: new Uint8Array(count),
      },
      doses: [],
      meals: [],
      activities: [],
      sleep: [],
    },
  };
}

it('ends at once when nobody wants the answer any more', async () => {
  const cancelled = new AbortController();
  const reason = new Error('nobody wants it');
  setTimeout(() => cancelled.abort(reason), 500);
  await expect(thread.analyse(task(105_120), cancelled.signal)).rejects.toBe(reason);
  await expect(thread.analyse(task(10), cancelled.signal)).rejects.toBe(reason);
});

it('tells how far it is while it computes, a few times a second', async () => {
  const parts: number[] = [];
  const since = Date.now();
  const { signal } = new AbortController();
  await thread.analyse(task(40_000), signal, (part) => parts.push(part));
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.length).toBeLessThanOrEqual((Date.now() - since) / 250);
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect(parts.every((part) => part > 0 && part <= 1)).toBe(true);
});

it('answers, and tells of what goes wrong in it', async () => {
  const { signal } = new AbortController();
  expect(await thread.analyse(task(2_880), signal)).toMatchObject({
    result: { status: 'done' },
    coverage: { readings: 2_880 },
  });
  await expect(thread.analyse({ ...task(10), algorithm: 'none' as never }, signal)).rejects.toThrow('undefined');
});
