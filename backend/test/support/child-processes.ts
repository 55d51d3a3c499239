import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const ORDERLY_END_MS = 15_000;

export interface Child {
  readonly process: ChildProcess;
  /** Everything written so far to stdout and stderr. */
  output(): string;
  /** Its exit code, `null` after a signal. */
  readonly ended: Promise<number | null>;
}

const running = new Set<Child>();

/** A Node process that ends with the file of tests at the latest, also where a test that hung never came to its `finally`. */
export function startChild(args: readonly string[], place: { cwd?: string; env: NodeJS.ProcessEnv }): Child {
  const child = spawn(process.execPath, args, { ...place, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(() => child.exitCode);
  const started: Child = { process: child, output: () => output, ended };
  running.add(started);
  void ended.finally(() => running.delete(started));
  return started;
}

afterAll(() => Promise.all([...running].map(endChild)), 2 * ORDERLY_END_MS);

async function endChild({ process: child, ended }: Child): Promise<void> {
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(ORDERLY_END_MS, undefined, { ref: false })]);
  child.kill('SIGKILL');
  await ended;
}

/** Waits until a child that was started answers. One that ends instead, or takes too long, is ended and its words told. */
export async function untilAnswers(name: string, child: Child, url: string): Promise<void> {
  try {
    await until(
      async () => {
        const { exitCode, signalCode } = child.process;
        if ((exitCode ?? signalCode) !== null)
          throw new Error(`${name} ended with ${exitCode ?? signalCode}:\n${tail(child)}`);
        // A connection that nobody answers must not hold up the next look.
        return (await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null))?.ok === true;
      },
      { what: `an answer of ${name} at ${url}`, child },
    );
  } catch (error) {
    await endChild(child);
    throw error;
  }
}

/** Waits for a condition, for as long as a busy machine may need. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  { what = String(condition), child, seconds = 120 }: { what?: string; child?: Child; seconds?: number } = {},
): Promise<void> {
  const late = new AbortController();
  const met = async (): Promise<void> => {
    while (!late.signal.aborted && !(await condition())) await sleep(50);
  };
  const tooLate = async (): Promise<never> => {
    await sleep(seconds * 1_000, undefined, { signal: late.signal });
    throw new Error(`waited ${seconds} s in vain for ${what}\n${child ? tail(child) : ''}`.trim());
  };
  try {
    await Promise.race([met(), tooLate()]);
  } finally {
    late.abort();
  }
}

const tail = (child: Child): string => child.output().trim().split('\n').slice(-30).join('\n');
