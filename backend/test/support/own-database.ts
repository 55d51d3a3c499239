import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { migrate } from '../../src/database/migrate.js';
import { openDataSource } from '../../src/database/data-source.js';
import { testEnvironment } from './app.js';

/** A migrated database of a test's own, beside the suite's, for what concerns all rows of a table. */
export function withOwnDatabase(use: (database: DataSource) => void) {
  const name = `own_${randomUUID().replaceAll('-', '')}`;
  let admin: DataSource;
  let database: DataSource;
  return {
    /** Answers its address. */
    async open(): Promise<string> {
      admin = await openDataSource(testEnvironment());
      await admin.query(`CREATE DATABASE ${name}`);
      const url = new URL(testEnvironment().DATABASE_URL);
      url.pathname = `/${name}`;
      const environment = testEnvironment({ DATABASE_URL: url.href, DATABASE_POOL_SIZE: '12' });
      await migrate(environment);
      database = await openDataSource(environment);
      use(database);
      return url.href;
    },
    async close(): Promise<void> {
      await database.destroy();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.destroy();
    },
  };
}
