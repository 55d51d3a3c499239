import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const BACKEND = join(__dirname, '../..');

export interface BackendProcess {
  readonly child: ChildProcess;
  readonly api: string;
  readonly metrics: string;
  /** Everything written so far to stdout and stderr. */
  output(): string;
  /** Lines of the log so far. */
  lines(): Record<string, unknown>[];
  /** Its exit code, once it has ended by itself or by a signal. */
  ended(): Promise<number | null>;
  /** Asks the process to end and returns its exit code. */
  stop(): Promise<number | null>;
}

/** The backend as a process of its own, from the sources as they are, once it answers. */
export async function startBackend(
  variables: Readonly<Record<string, string>>,
  options: { readonly require?: string; readonly waitUntilReady?: boolean } = {},
): Promise<BackendProcess> {
  const [apiPort, metricsPort] = [await freePort(), await freePort()];
  const first = options.require ? ['-r', options.require] : [];
  const child = spawn(process.execPath, [...first, '-r', './test/support/postgres-typescript.cjs', 'src/main.ts'], {
    cwd: BACKEND,
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      NODE_ENV: 'test',
      SECRET_KEY: 'a key of thirty-two bytes or more, for tests',
      API_PORT: String(apiPort),
      METRICS_PORT: String(metricsPort),
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(() => child.exitCode);
  const started: BackendProcess = {
    child,
    api: `http://127.0.0.1:${apiPort}`,
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
    output: () => output,
    lines: () => output.split('\n').flatMap(parsed),
    ended: () => ended,
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
  const answers = async (url: string) => (await fetch(url).catch(() => null))?.ok === true;
  const ready =
    variables['PROCESS_ROLE'] === 'worker' || variables['PROCESS_ROLE'] === 'scheduler'
      ? () => answers(started.metrics)
      : () => answers(`${started.api}/health/ready`);
  if (options.waitUntilReady === false) return started;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`the backend ended with ${child.exitCode}:\n${output}`);
    return ready();
  });
  return started;
}

/** Waits for a condition, for as long as the test may take. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

function parsed(line: string): Record<string, unknown>[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
