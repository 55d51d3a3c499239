import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Environment } from '../config/environment.js';
import { MIGRATIONS } from './migrations/index.js';

/**
 * Connections per process. More than a few for each core only queue up inside PostgreSQL instead of before it: on two
 * cores twelve take a sixth more single readings a second than twenty-four. One PostgreSQL with its usual 100
 * connections carries two processes of each role beside the queue's own.
 */
const POOL_SIZE = { api: 12, worker: 8, scheduler: 3, all: 12 } as const;

type DatabaseSettings = Pick<Environment, 'DATABASE_URL' | 'DATABASE_POOL_SIZE' | 'PROCESS_ROLE'>;

/** The one description of the database connection; the application, the CLI and the tests all start here. */
export function dataSourceOptions(settings: DatabaseSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.DATABASE_URL,
    synchronize: false,
    installExtensions: false,
    migrationsRun: false,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    applicationName: `glucolens-${settings.PROCESS_ROLE}`,
    poolSize: settings.DATABASE_POOL_SIZE ?? POOL_SIZE[settings.PROCESS_ROLE],
    connectTimeoutMS: 5_000,
    extra: {
      statement_timeout: 30_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 60_000,
      idleTimeoutMillis: 30_000,
    },
  };
}

/** A connected data source without Nest, for commands. */
export const openDataSource = (settings: DatabaseSettings): Promise<DataSource> =>
  new DataSource(dataSourceOptions(settings)).initialize();
