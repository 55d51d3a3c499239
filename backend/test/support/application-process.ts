import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { startChild } from './child-processes.js';

export interface ApplicationProcess {
  /** Everything printed until now. */
  output(): string;
  /** The lines of its log with this message. */
  logged(message: string): Record<string, unknown>[];
  /** Resolves with the exit code, or `null` after a signal. */
  readonly ended: Promise<number | null>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts the application for real. Missing variables are those of the test environment. */
export function startApplication(variables: Readonly<Record<string, string>>): ApplicationProcess {
  const {
    process: child,
    output,
    ended,
  } = startChild(['-r', join(__dirname, 'postgres-typescript.cjs'), join(__dirname, '../../src/main.ts')], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      DATABASE_URL: process.env['DATABASE_URL'],
      DATABASE_POOL_SIZE: '4',
      // Any that is free: tests beside this one start processes of the same role.
      METRICS_PORT: String(randomInt(20_000, 30_000)),
      ...(process.env['REDIS_URL'] ? { REDIS_URL: process.env['REDIS_URL'] } : {}),
      SECRET_KEY: 'a key of thirty-two bytes or more, for tests',
      LOG_LEVEL: 'info',
      ...variables,
    },
  });
  return {
    output,
    logged: (message) =>
      output()
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line): Record<string, unknown> => JSON.parse(line))
        .filter((line) => line['msg'] === message),
    ended,
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** Waits until something has come about, for as long as a busy machine may need. */
export async function eventually(condition: () => Promise<boolean> | boolean, seconds = 120): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; !(await condition());) {
    if (Date.now() > end) throw new Error(`it did not come about within ${seconds} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
