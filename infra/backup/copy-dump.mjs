import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { ROOT } from '../local/paths.mjs';
import { MIGRATIONS, appliedMigrations, sequences, tablesInOrder } from './catalogue.mjs';
import { quoted } from './postgres-client.mjs';

const require = createRequire(join(ROOT, 'package.json'));

const HEADER = '-- GlucoLens data as plain SQL';
const MIGRATIONS_LINE = '-- migrations: ';
const END = '-- complete';

/**
 * The data of all tables as `pg_dump --data-only` would write it, read from one snapshot. The schema is not in it: it
 * comes from the migrations that the header names. `psql -1 -v ON_ERROR_STOP=1 -f` restores it as well as `readCopyDump`.
 */
export async function* writeCopyDump(client) {
  const { to } = require('pg-copy-streams');
  const applied = await appliedMigrations(client);
  yield `${HEADER}. Restore into a database that "migrate" of the same version has just made.\n`;
  yield `${MIGRATIONS_LINE}${applied.join(' ')}\n`;
  for (const { name, columns } of await tablesInOrder(client)) {
    if (name === MIGRATIONS) continue;
    const target = `public.${quoted(name)} (${columns.map(quoted).join(', ')})`;
    yield `COPY ${target} FROM stdin;\n`;
    yield* client.query(to(`COPY (SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(name)}) TO STDOUT`));
    yield '\\.\n';
  }
  for (const { name, last } of await sequences(client)) {
    if (last !== null) yield `SELECT pg_catalog.setval('public.${quoted(name)}', ${last}, true);\n`;
  }
  yield `${END}\n`;
}

/** Restores into a freshly migrated database, whole or not at all. */
export async function readCopyDump(client, source) {
  const { from } = require('pg-copy-streams');
  const lines = byteLines(source);
  const next = async () => (await lines.next()).value?.toString() ?? null;
  if (!(await next())?.startsWith(HEADER)) throw new Error('this is not a dump of GlucoLens data');
  const written = (await next())?.slice(MIGRATIONS_LINE.length).trim();
  const here = (await appliedMigrations(client)).join(' ');
  if (written !== here)
    throw new Error(`the dump was made at the migrations\n${written}\nand the database is at\n${here}`);

  await client.query('BEGIN');
  for (;;) {
    const statement = await next();
    if (statement === null) throw new Error('the dump is cut off: nothing was restored');
    if (statement === `${END}\n`) break;
    if (statement.startsWith('COPY ')) await copyRows(client.query(from(statement)), lines);
    else await client.query(statement);
  }
  await client.query('COMMIT');
}

async function copyRows(into, lines) {
  const done = finished(into);
  for (;;) {
    const { value: line } = await lines.next();
    if (!line) {
      into.destroy();
      await done.catch(() => {});
      throw new Error('the dump is cut off within a table: nothing was restored');
    }
    if (line.equals(TERMINATOR)) break;
    if (!into.write(line)) await Promise.race([once(into, 'drain'), done]);
  }
  into.end();
  await done;
}

const TERMINATOR = Buffer.from('\\.\n');
const NEWLINE = 0x0a;

/** Lines with their line feed. Not `readline`: that also splits at U+2028, which a note may hold. */
async function* byteLines(source) {
  let rest = [];
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end + 1)]);
      rest = [];
      start = end + 1;
    }
    rest.push(chunk.subarray(start));
  }
}
