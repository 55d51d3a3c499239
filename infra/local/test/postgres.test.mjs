import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT, isRoot, reachableByOthers } from '../paths.mjs';
import { serverHome } from '../postgres-files.mjs';
import { runningServer } from '../postgres-server.mjs';
import { openDatabase } from '../postgres.mjs';
import { isAlive, waitUntil } from '../processes.mjs';

const { Client } = createRequire(join(ROOT, 'backend/package.json'))('pg');
const data = mkdtempSync(join(tmpdir(), 'glucolens-data-'));
if (isRoot()) chmodSync(data, 0o711);
let database;

async function query(statement) {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

before(async () => {
  database = await openDatabase(data);
});
after(async () => {
  await database.stop();
  rmSync(data, { recursive: true, force: true });
});

test('a first start makes an empty database that only its password opens', async () => {
  assert.equal(database.created, true);
  assert.equal(statSync(join(data, 'postgres.password')).mode & 0o777, 0o600);
  await query('CREATE TABLE kept AS SELECT 1 AS one');
  const stranger = new URL(database.url);
  stranger.password = 'wrong';
  await assert.rejects(new Client({ connectionString: stranger.href }).connect(), /password authentication failed/);
});

test('failing statements leave no value in the log', async () => {
  await assert.rejects(query("SELECT 'canary-182'::int"));
  assert.doesNotMatch(readFileSync(join(database.home, 'server.log'), 'utf8'), /canary-182/);
});

test('a running server is adopted, not started twice', async () => {
  const again = await openDatabase(data);
  assert.deepEqual([again.adopted, again.url], [true, database.url]);
});

test('a server that was killed comes back on the same port with its data', async () => {
  const { pid, port } = runningServer(database.home);
  process.kill(pid, 'SIGKILL');
  await waitUntil(() => !isAlive(pid), { seconds: 5 });
  assert.equal(database.isRunning(), false);
  await database.restart();
  assert.equal(runningServer(database.home).port, port);
  assert.deepEqual(await query('SELECT one FROM kept'), [{ one: 1 }]);
});

test('a process id that went to another program does not keep the server from starting', async () => {
  const file = join(database.home, 'data', 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  await database.stop();
  writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'));
  database = await openDatabase(data);
  assert.equal(database.adopted, false);
  assert.deepEqual(await query('SELECT one FROM kept'), [{ one: 1 }]);
});

test('an interrupted creation is begun again', async () => {
  const other = mkdtempSync(join(tmpdir(), 'glucolens-data-'));
  if (isRoot()) chmodSync(other, 0o711);
  const { home } = serverHome(other);
  mkdirSync(join(home, 'data'), { recursive: true });
  writeFileSync(join(home, 'data', 'PG_VERSION'), '18\n');
  writeFileSync(join(home, 'initdb.unfinished'), '');
  const server = await openDatabase(other);
  await server.stop();
  rmSync(other, { recursive: true, force: true });
  assert.equal(server.created, true);
});

test('a lost password file does not lose the data', async () => {
  await database.stop();
  rmSync(join(data, 'postgres.password'));
  database = await openDatabase(data);
  assert.deepEqual(await query('SELECT one FROM kept'), [{ one: 1 }]);
});

test(
  'where root is not followed, the server lives outside and ends with its DATA_DIR',
  { skip: !isRoot() },
  async () => {
    const closed = mkdtempSync(join(tmpdir(), 'glucolens-closed-'));
    const first = await openDatabase(closed);
    await first.stop();
    rmSync(closed, { recursive: true });
    mkdirSync(closed, { mode: 0o700 });
    const second = await openDatabase(closed);
    await second.stop();
    const putAside = existsSync(join(second.home, 'data.previous'));
    rmSync(closed, { recursive: true });
    rmSync(second.home, { recursive: true });
    assert.equal(reachableByOthers(first.home), true);
    assert.deepEqual([second.home, second.created, putAside], [first.home, true, true]);
  },
);
