/** A migrated PostgreSQL server of a test's own, in a process apart. Reads `kill` and `start`; ends with its input. */
import { execFileSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { installBinaries } from '../../../infra/local/postgres-files.mjs';
import { openTemporaryDatabase } from '../../../infra/local/postgres.mjs';
import { runningServer, startServer, stopServer } from '../../../infra/local/postgres-server.mjs';

const server = await openTemporaryDatabase();
await keepWhatIsAcknowledged(server.url);
const migrations = fileURLToPath(new URL('postgres-migrate.cjs', import.meta.url));
execFileSync(process.execPath, [migrations], { env: { ...process.env, DATABASE_URL: server.url }, stdio: 'ignore' });
process.stdout.write(`${server.url}\n`);
for await (const command of createInterface({ input: process.stdin })) {
  // SIGQUIT: every connection is cut without a word, and the log is replayed at the next start.
  if (command === 'kill') await stopServer(server.home, { signal: 'SIGQUIT' });
  if (command === 'start' && !runningServer(server.home)) await startServer(server.home, installBinaries(server.home));
  process.stdout.write(`${command} done\n`);
}
await server.stop();

/** Test servers are careless with what they have just stored; one that is killed must not be. */
async function keepWhatIsAcknowledged(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query('SELECT quote_ident(current_database()) AS name');
  await client.query(`ALTER DATABASE ${rows[0].name} SET synchronous_commit = on`);
  await client.end();
}
