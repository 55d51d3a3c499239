import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { databaseUser, giveToDatabaseUser } from './postgres-files.mjs';
import { freePort, isAlive, portIsFree, run, sleep, waitUntil, workingDirectory } from './processes.mjs';

const MEGABYTE = 1024 * 1024;
export const DATABASE = 'glucolens';

const layout = (home) => ({
  data: join(home, 'data'),
  log: join(home, 'server.log'),
  unfinished: join(home, 'initdb.unfinished'),
  port: join(home, 'port'),
});

/** `initdb` and an empty database; a cluster whose creation was interrupted is made anew. */
export async function createCluster(home, binaries, password, { durable = true } = {}) {
  const { data, unfinished } = layout(home);
  if (existsSync(unfinished)) rmSync(data, { recursive: true, force: true });
  if (existsSync(join(data, 'PG_VERSION'))) return false;

  writeFileSync(unfinished, '');
  mkdirSync(data, { mode: 0o700 });
  giveToDatabaseUser(data);
  const passwordFile = join(home, 'initdb.password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveToDatabaseUser(passwordFile);
  try {
    const options = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8'];
    const access = [
      '--auth=scram-sha-256',
      `--username=${DATABASE}`,
      `--pwfile=${passwordFile}`,
      ...(durable ? [] : ['--no-sync']),
    ];
    await run(join(binaries, 'bin', 'initdb'), ['-D', data, ...options, ...access], databaseProcess(data));
    singleUser(binaries, data, `CREATE DATABASE ${DATABASE}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(unfinished);
  return true;
}

/** Sets the password without knowing the old one; only for a stopped server. */
export function resetPassword(home, binaries, password) {
  singleUser(binaries, layout(home).data, `ALTER ROLE ${DATABASE} PASSWORD '${password}'`);
}

function singleUser(binaries, data, statement) {
  const args = ['--single', '-D', data, 'postgres'];
  const result = spawnSync(join(binaries, 'bin', 'postgres'), args, {
    input: `${statement}\n`,
    ...databaseProcess(data),
  });
  if (result.status !== 0) throw new Error(`PostgreSQL could not prepare its database: ${result.stderr}`);
}

const databaseProcess = (data) => ({
  ...databaseUser(),
  cwd: data,
  output: 'capture',
  env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
});

/** The server that runs in this folder, whoever started it. */
export function runningServer(home) {
  const { data } = layout(home);
  const lines = postmasterLines(data);
  const pid = Number(lines?.[0]);
  if (!pid || !isAlive(pid)) return null;
  const folder = workingDirectory(pid);
  if (folder !== null && folder !== data) return null;
  if (folder === null && process.platform === 'linux') return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

function postmasterLines(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
}

/**
 * A crashed server leaves its `postmaster.pid`. When another program has got that process id since, PostgreSQL would
 * refuse to start; a number no process can have keeps the rest of the file, by which it finds left-over children.
 */
function disownStaleLock(data) {
  const lines = postmasterLines(data);
  if (!lines || !isAlive(Number(lines[0]))) return;
  writeFileSync(join(data, 'postmaster.pid'), ['2147483646', ...lines.slice(1)].join('\n'));
}

/** Starts the server, or adopts the one a killed predecessor left, and answers its port. */
export async function startServer(home, binaries, { settings = {} } = {}) {
  const { data, log } = layout(home);
  const left = runningServer(home);
  if (left && (await becomesReady(home, () => true))) return { port: left.port, adopted: true };

  disownStaleLock(data);
  if (existsSync(log) && statSync(log).size > 5 * MEGABYTE) rmSync(log);
  const port = await rememberedPort(home);
  const output = openSync(log, 'a', 0o600);
  const args = Object.entries({ ...defaultSettings(binaries), port, ...settings }).flatMap(([k, v]) => [
    '-c',
    `${k}=${v}`,
  ]);
  // Its own process group: Ctrl-C must reach the API first, which drains before its database leaves.
  const child = spawn(join(binaries, 'bin', 'postgres'), ['-D', data, ...args], {
    ...databaseProcess(data),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  let ended = null;
  child.on('error', (error) => (ended = error.message));
  child.on('exit', (code, signal) => (ended ??= `it ended with ${signal ?? `exit code ${code}`}`));
  child.unref();
  if (!(await becomesReady(home, () => ended === null))) {
    const tail = readFileSync(log, 'utf8').trim().split('\n').slice(-15).join('\n');
    throw new Error(`PostgreSQL did not start: ${ended ?? 'not ready within 60 s'}. The end of ${log}:\n${tail}`);
  }
  return { port, adopted: false };
}

async function becomesReady(home, hopeful) {
  await waitUntil(() => !hopeful() || runningServer(home)?.ready, { seconds: 60, everyMs: 15 });
  return runningServer(home)?.ready === true;
}

/** The same port as last time: clients of a database that died must find it again. */
async function rememberedPort(home) {
  const { port: file } = layout(home);
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (last && (await portIsFree(last))) return last;
  const port = await freePort();
  writeFileSync(file, `${port}\n`);
  return port;
}

function defaultSettings(binaries) {
  const statistics = existsSync(join(binaries, 'lib', 'postgresql', 'pg_stat_statements.so'));
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: `${Math.round(Math.min(1024, Math.max(128, totalmem() / MEGABYTE / 8)))}MB`,
    max_wal_size: '4GB',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Errors, their statements and their details quote values, which may be health data; the API reports its own.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    shared_preload_libraries: statistics ? 'pg_stat_statements' : '',
  };
}

/**
 * SIGINT closes the connections and ends; SIGTERM waits for the clients to leave. Stopped is when `postmaster.pid` is
 * gone: a dead child that nobody reaped still looks alive.
 */
export async function stopServer(home, { signal = 'SIGINT', seconds = 30 } = {}) {
  const server = runningServer(home);
  if (!server) return;
  const file = join(layout(home).data, 'postmaster.pid');
  const gone = () => !existsSync(file);
  process.kill(server.pid, signal);
  if (await waitUntil(gone, { seconds, everyMs: 20 })) return;
  process.kill(server.pid, 'SIGQUIT');
  if (!(await waitUntil(gone, { seconds: 10 }))) process.kill(server.pid, 'SIGKILL');
  await sleep(50);
}
