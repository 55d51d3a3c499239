import { join } from 'node:path';
import { cutDiagonals } from '../../../src/domain/patterns/matrix-profile/cut-diagonals.js';
import { selfJoin } from '../../../src/domain/patterns/matrix-profile/self-join.js';
import { SelfJoinThreads } from '../../../src/modules/ml/matrix-profile/self-join-threads.js';
import { walk } from '../patterns/series.js';

const ENTRY = join(__dirname, '../../support/sweep-worker.cjs');
/** Fails in one thread for windows of 31, and ends in one for windows of 32; the other thread comes to its end later. */
const FRAIL_ENTRY = join(__dirname, '../../support/frail-sweep-worker.cjs');
const series = walk(2_000, 12).map(Math.round);
series[700] = Number.NaN;
series.fill(90, 1_200, 1_260);

describe('a matrix profile in threads', () => {
  let threads: SelfJoinThreads;
  beforeAll(() => {
    threads = new SelfJoinThreads(2, ENTRY);
  });
  afterAll(() => threads.close());

  it.each([{ k: 1 }, { k: 3 }, { comparison: 'plain' as const }])(
    'is that of one thread, to the bit: %j',
    async (options) => {
      const [own, one] = [await threads.run(series, 24, options), selfJoin(series, 24, options)];
      for (const side of ['nearest', 'left', 'right'] as const) expect(own[side]).toEqual(one[side]);
    },
  );

  it('tells how far it is, up to the end', async () => {
    const parts: number[] = [];
    await threads.run(series, 24, { onProgress: (part) => parts.push(part) });
    expect(parts.at(-1)).toBe(1);
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
  });

  it('can be cancelled, before and while it runs, and runs again', async () => {
    const cancelled = AbortSignal.abort(new Error('no longer wanted'));
    await expect(threads.run(series, 24, { signal: cancelled })).rejects.toThrow('no longer wanted');
    const controller = new AbortController();
    const run = threads.run(walk(20_000, 5), 24, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('changed my mind')),
    });
    await expect(run).rejects.toThrow('changed my mind');
    expect((await threads.run(series, 24)).nearest).toEqual(selfJoin(series, 24).nearest);
  });

  it('refuses what cannot be computed, by name, and goes on', async () => {
    await expect(threads.run([1, 2, 3], 4)).rejects.toThrow(/^m /);
    expect((await threads.run([1, 2, 4], 3)).nearest.indices).toEqual(Int32Array.of(-1));
  });

  it('fails rather than hangs when a thread is gone', async () => {
    const gone = new SelfJoinThreads(2, ENTRY);
    const run = gone.run(walk(60_000, 2), 24, { onProgress: () => void gone.close() });
    await expect(run).rejects.toThrow('a thread of the matrix profile ended');
  });

  it('refuses to run once it is closed, and to have no threads', async () => {
    const closed = new SelfJoinThreads(1, ENTRY);
    await closed.close();
    await expect(closed.run(series, 24)).rejects.toThrow('closed');
    expect(() => new SelfJoinThreads(0, ENTRY)).toThrow(/^threads /);
  });

  it.each(['fails', 'ends'])('is right again after a run in which a thread %s', async (what) => {
    const frail = new SelfJoinThreads(2, FRAIL_ENTRY);
    const m = what === 'fails' ? 31 : 32;
    await expect(frail.run(series, m)).rejects.toThrow(what === 'fails' ? 'out of luck' : 'ended');
    expect((await frail.run(series, 24)).nearest).toEqual(selfJoin(series, 24).nearest);
    await frail.close();
  });
});

describe('cutting the diagonals of a self-join', () => {
  it.each([
    [10, 25_885, 64],
    [1, 9, 64],
    [3, 4, 2],
    [5, 5, 8],
    [9, 4, 8],
  ])('from %i to %i into %i covers each once, in order', (from, to, pieces) => {
    const ranges = cutDiagonals(from, to, pieces);
    const diagonals = ranges.flatMap(([a, b]) => Array.from({ length: b - a }, (_, i) => a + i));
    expect(diagonals).toEqual(Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i));
    expect(ranges.length).toBeLessThanOrEqual(pieces);
    for (const [a, b] of ranges.slice(0, -1)) expect((b - a) % 8).toBe(0);
  });

  it('shares the pairs out evenly', () => {
    const pairs = cutDiagonals(10, 25_885, 64).map(([a, b]) => ((b - a) * (2 * 25_885 - a - b)) / 2);
    expect(Math.max(...pairs) / Math.min(...pairs)).toBeLessThan(1.5);
  });
});
