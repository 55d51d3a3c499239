import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { pino } from 'pino';
import type { Environment } from '../config/environment.js';
import { codeOf, isDatabaseUnavailable } from './database-errors.js';

/** Pauses before the attempts to reach the database at start: half a minute in all, beside what each attempt takes. */
const PAUSES_SECONDS = [0, 2, 4, 8, 16] as const;

const CONNECT_TIMEOUT_MS = 3_000;

export interface FailedAttempt {
  /** From one. */
  readonly attempt: number;
  /** What the driver says beside it may carry the address. */
  readonly code: string;
  readonly nextInSeconds: number;
}

export interface WaitOptions {
  readonly attempt: () => Promise<void>;
  readonly pause: (seconds: number) => Promise<void>;
  readonly tell: (failed: FailedAttempt) => void;
}

/** The database did not let this process in. Says what to do, and not where the database is. */
export class DatabaseUnreachableError extends Error {
  constructor(
    readonly code: string,
    attempts: number,
  ) {
    super(`The database could not be reached (${code}, attempt ${attempts}). ${adviceFor(code)}`);
  }
}

const ADVICE: Readonly<Record<string, string>> = {
  '28P01': 'User and password in DATABASE_URL are not accepted: correct them.',
  '28000':
    'The server does not let this user in: check the user in DATABASE_URL, pg_hba.conf and whether TLS is demanded.',
  '3D000': 'The database named in DATABASE_URL does not exist: create it, or correct the name.',
  '53300': 'The server has no connection left: raise max_connections or lower DATABASE_POOL_SIZE.',
  ENOTFOUND: 'The host in DATABASE_URL has no address: correct its name, or the network of this process.',
};

const adviceFor = (code: string): string =>
  ADVICE[code] ?? 'Check that PostgreSQL runs, that DATABASE_URL names it, and that no firewall stands between.';

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
      const code = codeOf(error) ?? 'NO_ANSWER';
      const next = PAUSES_SECONDS[index + 1];
      if (next === undefined || !isDatabaseUnavailable(error)) throw new DatabaseUnreachableError(code, index + 1);
      tell({ attempt: index + 1, code, nextInSeconds: next });
    }
  }
}

/** Waits at the start of a process for the database at that address. Warnings go to stderr: a command prints its result. */
export function waitForDatabase({ DATABASE_URL, LOG_LEVEL }: WaitSettings): Promise<void> {
  const logger = pino({ level: LOG_LEVEL }, pino.destination({ fd: 2, sync: true }));
  return waitUntilReachable({
    attempt: () => askOnce(DATABASE_URL),
    pause: (seconds) => sleep(seconds * 1000),
    tell: (failed) => logger.warn(failed, 'the database does not answer yet'),
  });
}

type WaitSettings = Pick<Environment, 'DATABASE_URL' | 'LOG_LEVEL'>;

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
