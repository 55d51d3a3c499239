import type { DataSource } from 'typeorm';

/** True where this build brings migrations that the database has not seen. One statement. */
export async function hasPendingMigrations(dataSource: DataSource): Promise<boolean> {
  const rows: { readonly name: string }[] = await dataSource.query('SELECT name FROM migrations');
  const applied = new Set(rows.map(({ name }) => name));
  return dataSource.migrations.some(({ name, constructor }) => !applied.has(name ?? constructor.name));
}
