import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Environment } from '../config/environment.js';
import { isDatabaseUnavailable } from './database-errors.js';

/** Pauses before the attempts to reach the database at start: half a minute in all, beside what each attempt takes. */
const PAUSES_SECONDS = [0, 2, 4, 8, 16] as const;

const CONNECT_TIMEOUT_MS = 3_000;

export interface WaitOptions {
  readonly attempt: () => Promise<void>;
  readonly pause: (seconds: number) => Promise<void>;
  /** Hears why an attempt failed, by code: what the driver says more may carry the address. */
  readonly tell: (text: string) => void;
}

/**
 * Returns once the database answers. A database that may come yet is asked five times; a wrong password or a missing
 * database does not get better by waiting and is thrown at once.
 */
export async function waitUntilReachable({ attempt, pause, tell }: WaitOptions): Promise<void> {
  for (const [index, seconds] of PAUSES_SECONDS.entries()) {
    if (seconds > 0) await pause(seconds);
    try {
      return await attempt();
    } catch (error) {
      const next = PAUSES_SECONDS[index + 1];
      if (next === undefined || !isDatabaseUnavailable(error)) throw error;
      tell(`The database does not answer (${reasonOf(error)}). Asking again in ${next} s.`);
    }
  }
}

/** Waits at the start of a process for the database that it is told to use. */
export const waitForDatabase = ({ DATABASE_URL }: Pick<Environment, 'DATABASE_URL'>): Promise<void> =>
  waitUntilReachable({
    attempt: () => askOnce(DATABASE_URL),
    pause: (seconds) => sleep(seconds * 1000),
    tell: (text) => process.stderr.write(`${text}\n`),
  });

async function askOnce(connectionString: string): Promise<void> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  // A connection that breaks while it is opened or closed is told by the promise as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => undefined);
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no answer in time';
