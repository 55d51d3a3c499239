/**
 * A fresh, migrated database for one run: on the server of TEST_DATABASE_URL, else on a PostgreSQL started for it.
 * Tests find it in DATABASE_URL.
 */
const { execFileSync } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const path = require('node:path');
const { Client } = require('pg');

const LAUNCHER = path.join(__dirname, '../../infra/local/postgres.mjs');

module.exports = async function setUpDatabase() {
  // Jest calls this once for each project of a run; they share one database.
  if (globalThis.testDatabase) return;
  const server = process.env.TEST_DATABASE_URL ? null : await startServer();
  const adminUrl = process.env.TEST_DATABASE_URL ?? server.url;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  globalThis.testDatabase = { adminUrl, name, server };

  await asAdmin(adminUrl, `CREATE DATABASE ${name}`);
  process.env.DATABASE_URL = url.href;
  execFileSync(process.execPath, [path.join(__dirname, 'support/postgres-migrate.cjs')], {
    env: { ...process.env, DATABASE_URL: url.href },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
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
