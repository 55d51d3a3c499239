/**
 * Fresh, migrated databases for one run, on the server of TEST_DATABASE_URL or else on a PostgreSQL started for it: one
 * for each of Jest's workers, since recurring work looks at everybody in its database, also at those of other tests.
 * `database.worker.cjs` tells each worker which is its own.
 */
const { execFileSync } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const path = require('node:path');
const { Client } = require('pg');

const LAUNCHER = path.join(__dirname, '../../infra/local/postgres.mjs');

module.exports = async function setUpDatabase({ maxWorkers }) {
  // Jest calls this once for each project of a run; they share one database.
  if (globalThis.testDatabase) return;
  const server = process.env.TEST_DATABASE_URL ? null : await startServer();
  const adminUrl = process.env.TEST_DATABASE_URL ?? server.url;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const copies = Array.from({ length: maxWorkers }, (_, index) => `${name}_${index + 1}`);
  globalThis.testDatabase = { adminUrl, names: [name, ...copies], server };

  await asAdmin(adminUrl, `CREATE DATABASE ${name}`);
  process.env.DATABASE_URL = url.href;
  execFileSync(process.execPath, [path.join(__dirname, 'support/postgres-migrate.cjs')], {
    env: { ...process.env, DATABASE_URL: url.href },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const copy of copies) await asAdmin(adminUrl, `CREATE DATABASE ${copy} TEMPLATE ${name}`);
};

async function startServer() {
  const { openTemporaryDatabase } = await import(LAUNCHER);
  return openTemporaryDatabase();
}

async function asAdmin(connectionString, statement) {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

module.exports.asAdmin = asAdmin;
