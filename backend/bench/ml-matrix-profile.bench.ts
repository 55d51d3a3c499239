import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainSweep } from '../src/domain/patterns/matrix-profile/plain-sweep.js';
import { ShapeSweep } from '../src/domain/patterns/matrix-profile/shape-sweep.js';
import { SimdSweep } from '../src/domain/patterns/matrix-profile/simd/simd-sweep.js';
import { windowsOf } from '../src/domain/patterns/matrix-profile/windows.js';
import { SelfJoinThreads } from '../src/modules/ml/matrix-profile/self-join-threads.js';

const THREADS = 2;
const M = 36;
/** Once so that the kernel is compiled, then so many of which the best counts: others use the machine as well. */
const CASES = [
  { name: '90 days', n: 25_920, runs: 12, barSeconds: 0.3, aimSeconds: 0.15, stumpySeconds: 0.77 },
  { name: 'a year', n: 105_120, runs: 4, barSeconds: 5, aimSeconds: 3, stumpySeconds: 12.1 },
] as const;

/** Glucose at 5 minutes as whole mg/dL, with meals, a drift, and a change of sensor every ten days. The same every run. */
function glucose(n: number): Float64Array {
  let state = 20_240_101;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  let drift = 0;
  return Float64Array.from({ length: n }, (_, t) => {
    drift = 0.97 * drift + 12 * (random() - 0.5);
    const meals = 55 * Math.sin((t / 288) * 6 * Math.PI) + 20 * Math.sin((t / 288) * 2 * Math.PI + 1);
    const isChangingSensor = t % 2_880 >= 2_856;
    return isChangingSensor ? Number.NaN : Math.round(Math.min(400, Math.max(40, 145 + meals + drift)));
  });
}

/**
 * Matrix profiles with two worker threads. `cpuPerThread` is the CPU time of the process over the number of threads: what
 * they would take if they had their cores to themselves. STUMPY's times were measured elsewhere (`specs/ml.md`).
 */
export async function run(): Promise<object[]> {
  const threads = new SelfJoinThreads(THREADS, join(__dirname, '../test/support/sweep-worker.cjs'));
  const rows: object[] = [];
  for (const { name, n, runs, barSeconds, aimSeconds, stumpySeconds } of CASES) {
    const series = glucose(n);
    await threads.run(series, M);
    const measured = [];
    for (let index = 0; index < runs; index++) measured.push(await timed(() => threads.run(series, M)));
    const seconds = Math.min(...measured.map((one) => one.seconds));
    const cpuPerThread = Math.min(...measured.map((one) => one.cpuSeconds)) / THREADS;
    rows.push({
      case: `${name}, ${THREADS} threads`,
      n,
      m: M,
      seconds,
      cpuPerThread,
      barSeconds,
      aimSeconds,
      stumpyElsewhere: stumpySeconds,
      meetsBar: seconds <= barSeconds,
      cpuMeetsBar: cpuPerThread <= barSeconds,
      cpuMeetsAim: cpuPerThread <= aimSeconds,
      load: Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]),
    });
  }
  await threads.close();
  return [...rows, ...(await oneThread())];
}

/** Sweeps of one thread: the kernel, with one and several neighbours, and the TypeScript that it is an image of. */
async function oneThread(): Promise<object[]> {
  const n = 25_920;
  const windows = windowsOf(glucose(n), M);
  const sweeps = {
    'kernel, 1 neighbour': () => new SimdSweep(windows, windows, 1),
    'kernel, 3 neighbours': () => new SimdSweep(windows, windows, 3),
    'kernel, 1 neighbour, samples as they are': () => new SimdSweep(windows, windows, 1, 'plain'),
    'TypeScript, 1 neighbour': () => new ShapeSweep(windows, windows, 1),
    'TypeScript, 1 neighbour, samples as they are': () => new PlainSweep(windows, windows, 1),
  };
  const rows: object[] = [];
  for (const [name, open] of Object.entries(sweeps)) {
    const measured = [];
    for (let index = 0; index < 4; index++) measured.push(await timed(async () => open().run(10, windows.count)));
    const seconds = Math.min(...measured.map((one) => one.seconds));
    const cpuPerThread = Math.min(...measured.map((one) => one.cpuSeconds));
    rows.push({ case: `90 days, 1 thread: ${name}`, n, m: M, seconds, cpuPerThread });
  }
  return rows;
}

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number; cpuSeconds: number }> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}
