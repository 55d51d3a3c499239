import { quoted } from './postgres-client.mjs';

/** Which migrations ran is compared and never copied: the restored schema says it by itself. */
export const MIGRATIONS = 'migrations';

/** Tables of the product with the columns that can be written, each after the tables that it refers to. */
export async function tablesInOrder(client) {
  const { rows } = await client.query(`
    SELECT c.relname AS name,
      ARRAY(SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
      ARRAY(SELECT DISTINCT t.relname::text FROM pg_constraint k JOIN pg_class t ON t.oid = k.confrelid
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS "refersTo"
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY c.relname`);
  const waiting = new Map(rows.map((table) => [table.name, table]));
  const ordered = [];
  while (waiting.size > 0) {
    const next = [...waiting.values()].find(({ refersTo }) => refersTo.every((name) => !waiting.has(name)));
    if (!next) throw new Error(`these tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`);
    waiting.delete(next.name);
    ordered.push(next);
  }
  return ordered;
}

export async function sequences(client) {
  const { rows } = await client.query(
    `SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
  );
  return rows;
}

export async function appliedMigrations(client) {
  const { rows } = await client.query(`SELECT name FROM ${quoted(MIGRATIONS)} ORDER BY timestamp, name`);
  return rows.map(({ name }) => name);
}

/** Rows of each table and a sum over the hash of every row, which no order of the rows changes. */
export async function tableSums(client) {
  const sums = new Map();
  for (const { name } of await tablesInOrder(client)) {
    // A migrations row has a number and no more of its own; its name is what counts.
    const row = name === MIGRATIONS ? 't.name' : 't::text';
    const { rows } = await client.query(
      `SELECT count(*) AS rows, coalesce(sum(hashtextextended(${row}, 0)::numeric), 0)::text AS sum FROM ${quoted(name)} t`,
    );
    sums.set(name, `${rows[0].rows} rows, ${rows[0].sum}`);
  }
  return sums;
}

/** Everything that makes up the schema, one line each: columns, indexes, constraints, triggers, functions, sequences. */
export async function schemaLines(client) {
  const { rows } = await client.query(`
    SELECT line FROM (
      SELECT format('column %s.%s %s null:%s default:%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        NOT a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) AS line
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
      UNION ALL SELECT format('sequence %s', sequencename) FROM pg_sequences WHERE schemaname = 'public'
    ) AS everything ORDER BY line`);
  return rows.map(({ line }) => line);
}
