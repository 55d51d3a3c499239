import type { Pool, PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

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

/** Runs a prepared statement in the transaction of `manager`. */
export async function queryPreparedIn<Row extends object>(
  manager: EntityManager,
  { name, text }: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  if (!manager.queryRunner) throw new Error('there is no transaction');
  const client = (await manager.queryRunner.connect()) as PoolClient;
  const { rows } = await client.query<Row>({ name, text, values: [...values] });
  return rows;
}

/** The pool of connections. TypeORM keeps it on its driver, where the type does not show it. */
export function poolOf({ driver }: DataSource): Pool {
  if (!('master' in driver)) throw new Error('the data source has no connection pool');
  return driver.master as Pool;
}
