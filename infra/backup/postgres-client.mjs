import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../local/paths.mjs';

const { Client } = createRequire(join(ROOT, 'backend/package.json'))('pg');

/** Runs work on one connection. Output settings are fixed, since the text of a row must be the same on every server. */
export async function withClient(databaseUrl, work) {
  const client = new Client({ connectionString: databaseUrl, application_name: 'glucolens backup' });
  // A server that goes away is told by the query that waits for it.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(`SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; SET bytea_output = 'hex';
      SET extra_float_digits = 1; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0`);
    return await work(client);
  } finally {
    await client.end();
  }
}

export const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/** The same server, another database. */
export function databaseNamed(databaseUrl, name) {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}
