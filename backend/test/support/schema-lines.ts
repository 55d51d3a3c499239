import type { DataSource } from 'typeorm';

/** Everything that makes up the schema, a sorted line each, without what TypeORM keeps for itself. */
export async function schemaLines(database: DataSource): Promise<string[]> {
  const rows = await database.query<{ line: string }[]>(`
    SELECT line FROM (
      SELECT format('column %s.%s %s null:%s default:%s identity:%s generated:%s', c.relname, a.attname,
        format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity,
        a.attgenerated) AS line, c.relname AS owner
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
      UNION ALL SELECT format('table %s kind:%s options:%s rights:%s rows:%s', relname, relkind, reloptions, relacl,
        relrowsecurity), relname
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
      UNION ALL SELECT indexdef, tablename FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
        conrelid::regclass::text
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT format('trigger %s enabled:%s', pg_get_triggerdef(t.oid), t.tgenabled), c.relname
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT format('%s rights:%s', pg_get_functiondef(oid), proacl), proname
      FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
        AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
      UNION ALL SELECT format('type %s %s', t.typname, t.typtype), t.typname
      FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd')
      UNION ALL SELECT format('extension %s', extname), extname FROM pg_extension WHERE extname <> 'plpgsql'
    ) AS everything WHERE owner NOT IN ('migrations', 'migrations_id_seq') ORDER BY line`);
  return rows.map(({ line }) => line);
}
