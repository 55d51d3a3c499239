import { DataSource } from 'typeorm';
import { type DatabaseSettings, migrationDataSourceOptions } from './data-source.js';

/** Any number known to every process of this product: they queue up behind it and migrate one after the other. */
const MIGRATION_LOCK = 4_712_026_001;

/** Applies what is pending on connections of its own, one process at a time, and names what was applied. */
export async function migrate(settings: DatabaseSettings): Promise<string[]> {
  const dataSource = await new DataSource(migrationDataSourceOptions(settings)).initialize();
  try {
    const lock = dataSource.createQueryRunner();
    await lock.connect();
    try {
      // Another process may migrate for long; a statement of a migration may not wait like this.
      await lock.query('SET lock_timeout = 0');
      await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const applied = await dataSource.runMigrations({ transaction: 'each' });
      return applied.map((migration) => migration.name);
    } finally {
      await lock.release();
    }
  } finally {
    // Ends the session, and with it the lock.
    await dataSource.destroy();
  }
}
