import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Environment } from '../config/environment.js';
import { MIGRATIONS } from './migrations/index.js';

type Role = Environment['PROCESS_ROLE'];

/**
 * Connections per process. More than a few for each core only queue up inside PostgreSQL instead of before it: on two
 * cores twelve take a sixth more single readings a second than twenty-four.
 */
export const POOL_SIZE: Readonly<Record<Role, number>> = { api: 12, worker: 8, scheduler: 3, all: 12 };

/** A caller waits seconds for an answer; a job may load a year of readings in one statement. */
const STATEMENT_SECONDS: Readonly<Record<Role, number>> = { api: 15, worker: 120, scheduler: 15, all: 120 };

/** Below every limit of a statement, so that the reason told is the lock. */
const LOCK_TIMEOUT_MS = 10_000;

/** A job computes between its statements; a request has no reason to. */
const IDLE_IN_TRANSACTION_SECONDS: Readonly<Record<Role, number>> = { api: 30, worker: 60, scheduler: 30, all: 60 };

/**
 * A request that waits longer for a connection is answered 503: the pool's own default is to wait for ever. Nobody looks at
 * the clock while a job waits for its turn.
 */
const CONNECT_SECONDS: Readonly<Record<Role, number>> = { api: 3, worker: 15, scheduler: 15, all: 3 };

/** Ends what a firewall or a failed host left open without a word. */
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;

/** Connections take turns, so that a database that moved behind its name gets all of them within half an hour. */
const MAX_LIFETIME_SECONDS = 1_800;

export type DatabaseSettings = Pick<
  Environment,
  | 'DATABASE_URL'
  | 'DATABASE_DIRECT_URL'
  | 'DATABASE_POOL_SIZE'
  | 'DATABASE_CONNECT_SECONDS'
  | 'DATABASE_STATEMENT_SECONDS'
  | 'PROCESS_ROLE'
>;

/** The one description of the database connection; the application, the CLI and the tests all start here. */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  const role = settings.PROCESS_ROLE;
  return {
    ...schemaOptions(settings.DATABASE_URL),
    applicationName: `glucolens-${role}`,
    poolSize: settings.DATABASE_POOL_SIZE ?? POOL_SIZE[role],
    connectTimeoutMS: (settings.DATABASE_CONNECT_SECONDS ?? CONNECT_SECONDS[role]) * 1_000,
    extra: {
      statement_timeout: (settings.DATABASE_STATEMENT_SECONDS ?? STATEMENT_SECONDS[role]) * 1_000,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_SECONDS[role] * 1_000,
      idleTimeoutMillis: 30_000,
      maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
      ...KEEP_ALIVE,
    },
  };
}

/**
 * Two connections of their own for migrations: the lock's and the one that migrates, past any pooler, since a pooler
 * hands a session's lock to others. A statement may take as long as it takes, but waits for a lock only so long:
 * everybody else's statements queue up behind it.
 */
export function migrationDataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  return {
    ...schemaOptions(settings.DATABASE_DIRECT_URL ?? settings.DATABASE_URL),
    applicationName: 'glucolens-migrate',
    poolSize: 2,
    connectTimeoutMS: CONNECT_SECONDS.api * 1_000,
    extra: { options: '-c statement_timeout=0', lock_timeout: LOCK_TIMEOUT_MS, ...KEEP_ALIVE },
  };
}

const schemaOptions = (url: string) =>
  ({
    type: 'postgres',
    url,
    synchronize: false,
    installExtensions: false,
    migrationsRun: false,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
  }) satisfies DataSourceOptions;

/** A connected data source without Nest, for commands. */
export const openDataSource = (settings: DatabaseSettings): Promise<DataSource> =>
  new DataSource(dataSourceOptions(settings)).initialize();
