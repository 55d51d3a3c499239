import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/**
 * A statement of the hot paths. PostgreSQL plans it once per connection instead of once per call, which is most of the
 * cost of a statement that touches few rows through many subqueries. The name must be unique in the product.
 */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Runs a prepared statement outside any transaction, on a connection of the data source's own pool. */
export async function queryPrepared<Row extends object>(
  dataSource: DataSource,
  { name, text }: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await poolOf(dataSource).query<Row>({ name, text, values: [...values] });
  return rows;
}

/** The pool of connections. TypeORM keeps it on its driver, where the type does not show it. */
export function poolOf({ driver }: DataSource): Pool {
  if (!('master' in driver)) throw new Error('the data source has no connection pool');
  return driver.master as Pool;
}
