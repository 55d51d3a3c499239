import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startChild, untilAnswers } from './child-processes.js';

export { until } from './child-processes.js';

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
  const backend = startChild([...first, '-r', './test/support/postgres-typescript.cjs', 'src/main.ts'], {
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
  });
  const { process: child, output, ended } = backend;
  const started: BackendProcess = {
    child,
    api: `http://127.0.0.1:${apiPort}`,
    metrics: `http://127.0.0.1:${metricsPort}/metrics`,
    output,
    lines: () => output().split('\n').flatMap(parsed),
    ended: () => ended,
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
  if (options.waitUntilReady === false) return started;
  const hasNoApi = variables['PROCESS_ROLE'] === 'worker' || variables['PROCESS_ROLE'] === 'scheduler';
  await untilAnswers('the backend', backend, hasNoApi ? started.metrics : `${started.api}/health/ready`);
  return started;
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
