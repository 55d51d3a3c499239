import { performance } from 'node:perf_hooks';

/** What a benchmark reads from its surroundings. Throws where the runner has not set it. */
export function setting(name: 'DATABASE_URL' | 'API_URL' | 'WEB_URL' | 'SECRET_KEY'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this as "npm run bench"`);
  return value;
}

/** Seconds that some work takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The value that a share of the others does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Milliseconds of each of `runs` calls, one after the other, after a few that warm up; `before` each is not counted. */
export async function latencies(
  runs: number,
  work: () => Promise<unknown>,
  { warmUp = 20, before }: { warmUp?: number; before?: () => Promise<unknown> } = {},
): Promise<number[]> {
  const times: number[] = [];
  for (let run = -warmUp; run < runs; run++) {
    await before?.();
    const seconds = await secondsOf(work);
    if (run >= 0) times.push(seconds * 1000);
  }
  return times;
}

/** Works through a list with some workers side by side. */
export async function inParallel<T>(workers: number, items: readonly T[], work: (item: T) => Promise<unknown>) {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
