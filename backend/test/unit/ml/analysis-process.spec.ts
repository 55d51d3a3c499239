import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { AnalysisProcess } from '../../../src/modules/ml/analyses/analysis-process.js';
import type { AnalysisTask } from '../../../src/modules/ml/analyses/analysis.js';

const ENTRY = join(__dirname, '../../support/analysis-entry.cjs');
const analyses = new AnalysisProcess({ ANALYSIS_NICE: 0 });
analyses.entry = ENTRY;

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
  await expect(analyses.analyse(task(105_120), cancelled.signal)).rejects.toBe(reason);
  await expect(analyses.analyse(task(10), cancelled.signal)).rejects.toBe(reason);
});

it('tells how far it is while it computes, a few times a second', async () => {
  const parts: number[] = [];
  const since = Date.now();
  const { signal } = new AbortController();
  await analyses.analyse(task(40_000), signal, (part) => parts.push(part));
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.length).toBeLessThanOrEqual((Date.now() - since) / 250);
  expect(parts).toEqual(parts.toSorted((a, b) => a - b));
  expect(parts.every((part) => part > 0 && part <= 1)).toBe(true);
});

it('answers, and tells of what goes wrong in it', async () => {
  const { signal } = new AbortController();
  expect(await analyses.analyse(task(2_880), signal)).toMatchObject({
    result: { status: 'done' },
    coverage: { readings: 2_880 },
  });
  await expect(analyses.analyse({ ...task(10), algorithm: 'none' as never }, signal)).rejects.toThrow('undefined');
});

describe('the process of an analysis', () => {
  const begun = (nice: number) => {
    const child = fork(ENTRY, [String(nice)], { detached: true, serialization: 'advanced', execArgv: [] });
    child.send(task(105_120));
    return child;
  };

  it('leaves at once, in the middle of computing, when whoever asked is gone', async () => {
    const child = begun(0);
    await once(child, 'message');
    const ended = once(child, 'exit');
    const since = performance.now();
    child.disconnect();
    await ended;
    expect(performance.now() - since).toBeLessThan(5_000);
  });

  it('gives way with every thread that was begun for it, and with its session', async () => {
    const child = begun(19);
    try {
      await once(child, 'message');
      const nices = nicesOf(child.pid);
      if (nices === null) return process.stdout.write('NOT RUN: priorities, which are read from /proc of Linux\n');
      // Its first thread and the one that computes; helpers of the engine were begun before.
      expect(nices.filter((nice) => nice === 19).length).toBeGreaterThanOrEqual(2);
      const session = `/proc/${child.pid}/autogroup`;
      if (existsSync(session)) expect(readFileSync(session, 'utf8')).toContain('nice 19');
    } finally {
      child.kill('SIGKILL');
    }
  });
});

/** Of every thread of a process; `null` where there is no such folder. */
function nicesOf(pid: number | undefined): number[] | null {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return null;
  return readdirSync(tasks).map((thread) => {
    const text = readFileSync(`${tasks}/${thread}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[16]);
  });
}
