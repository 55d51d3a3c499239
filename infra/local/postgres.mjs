import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { exclusively, lockHolder, tryLock } from './lock.mjs';
import { ROOT, secretFile, sha256 } from './paths.mjs';
import { installBinaries, serverHome, temporaryHome } from './postgres-files.mjs';
import { DATABASE, createCluster, resetPassword, runningServer, startServer, stopServer } from './postgres-server.mjs';

const connectionString = (password, port) => `postgresql://${DATABASE}:${password}@127.0.0.1:${port}/${DATABASE}`;

/**
 * The project's own PostgreSQL. Every process that needs it registers as a user of it; `release` ends the server when
 * nobody else is left, `stop` ends it in any case.
 */
export async function openDatabase(dataDirectory, { say = () => {} } = {}) {
  const { home, outside } = serverHome(dataDirectory);
  const password = secretFile(join(dataDirectory, 'postgres.password'));
  mkdirSync(home, { recursive: true });
  const guard = join(home, 'starting.lock');
  const register = join(home, 'users', String(process.pid));

  const { port, adopted, created } = await exclusively(guard, async () => {
    const binaries = installBinaries(home);
    await settleOwnership(home, { binaries, password, outside, say });
    const isNew = await createCluster(home, binaries, password);
    writeFileSync(join(home, 'owner'), sha256(password), { mode: 0o600 });
    const server = await startServer(home, binaries);
    tryLock(register);
    return { ...server, created: isNew };
  });

  const leave = () => rmSync(register, { force: true });
  return {
    url: connectionString(password, port),
    home,
    adopted,
    created,
    restart: () => exclusively(guard, () => startServer(home, installBinaries(home))),
    isRunning: () => runningServer(home) !== null,
    release: () =>
      exclusively(guard, async () => {
        leave();
        if (!hasUsers(home)) await stopServer(home);
      }),
    stop: () =>
      exclusively(guard, async () => {
        leave();
        await stopServer(home);
      }),
  };
}

function hasUsers(home) {
  const folder = join(home, 'users');
  return existsSync(folder) && readdirSync(folder).some((name) => lockHolder(join(folder, name)) !== null);
}

/**
 * A cluster outside DATA_DIR outlives a deleted DATA_DIR. Its data belongs to what was deleted, so a new start does not
 * inherit it; it is put aside rather than destroyed.
 */
async function settleOwnership(home, { binaries, password, outside, say }) {
  const data = join(home, 'data');
  const owner = join(home, 'owner');
  if (!existsSync(join(data, 'PG_VERSION')) || !existsSync(owner)) return;
  if (readFileSync(owner, 'utf8') === sha256(password)) return;
  await stopServer(home);
  if (!outside) return resetPassword(home, binaries, password);
  const aside = join(home, 'data.previous');
  rmSync(aside, { recursive: true, force: true });
  renameSync(data, aside);
  say(`the database of a deleted DATA_DIR was put aside as ${aside}`);
}

/** A server of its own for tests and benchmarks. What a killed predecessor left is removed first. */
export async function openTemporaryDatabase({ durable = false } = {}) {
  const prefix = 'glucolens-temporary-';
  const home = temporaryHome(prefix);
  await sweep(dirname(home), prefix);
  tryLock(join(home, 'owner.lock'));
  const password = secretFile(join(home, 'password'));
  const binaries = installBinaries(home);
  await createCluster(home, binaries, password, { durable });
  const careless = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const { port } = await startServer(home, binaries, { settings: durable ? {} : careless });
  return {
    url: connectionString(password, port),
    home,
    create: (name) => createDatabase(connectionString(password, port), name),
    async stop() {
      await stopServer(home);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Somebody else's server, in which tests make databases of their own. */
export const givenDatabase = (url) => ({ url, create: (name) => createDatabase(url, name), async stop() {} });

async function createDatabase(serverUrl, name) {
  const { Client } = createRequire(join(ROOT, 'backend/package.json'))('pg');
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function sweep(parent, prefix) {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    const home = join(parent, name);
    const lock = join(home, 'owner.lock');
    if (!existsSync(lock) || lockHolder(lock)) continue;
    await stopServer(home, { seconds: 5 });
    rmSync(home, { recursive: true, force: true });
  }
}
