import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBackend, ensureFrontend } from './build.mjs';
import { backendCommand } from './demo.mjs';
import { ensureInstalled } from './install.mjs';
import { exclusively } from './lock.mjs';
import { describeMachine } from './machine.mjs';
import { ROOT } from './paths.mjs';
import { openTemporaryDatabase } from './postgres.mjs';
import { runningServer } from './postgres-server.mjs';
import { openTemporaryRedis } from './redis.mjs';
import { startStack } from './stack.mjs';

/** Benchmarks that are run on other processes than the usual one, or once for each home of the queue. */
const SETUPS = {
  alerts: { roles: ['api', 'worker', 'scheduler'], onEachQueue: true },
  'alert-load': { roles: ['api', 'worker', 'scheduler'], onEachQueue: true, seedDemo: true },
};

const FOLDER = join(ROOT, 'backend/bench');
const RUNNER = fileURLToPath(new URL('./bench-run.cjs', import.meta.url));
const tell = (text) => process.stderr.write(`${text}\n`);

const stopping = new AbortController();
const { signal } = stopping;
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stopping.abort());

/** A word names one benchmark, or all of a family: `ml` runs every `ml-*`. */
const wanted = process.argv.slice(2);
const names = (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => basename(file, '.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name === word || name.startsWith(`${word}-`)));

if (names.length === 0) {
  tell(`No such benchmark: ${wanted.join(', ')}`);
  process.exit(2);
}

process.stdout.write(`${JSON.stringify({ machine: describeMachine() })}\n`);

let failed = 0;
for (const name of names) {
  if (signal.aborted) break;
  try {
    const rows = await bench(name);
    for (const row of rows) process.stdout.write(`${JSON.stringify({ bench: name, ...row })}\n`);
    printTable(name, rows);
  } catch (error) {
    failed += 1;
    tell(`${name}: ${error.message}`);
  }
}
process.exit(failed === 0 && !signal.aborted ? 0 : 1);

/** A benchmark that reads DATABASE_URL gets a migrated database that syncs to disk; with API_URL or WEB_URL, also both. */
async function bench(name) {
  const file = join(FOLDER, `${name}.bench.ts`);
  const text = readFileSync(file, 'utf8');
  const withWeb = /\bWEB_URL\b/.test(text);
  const needsStack = withWeb || /\bAPI_URL\b/.test(text);
  const needsDatabase = needsStack || /\bDATABASE_URL\b/.test(text);
  const { onEachQueue, ...setup } = SETUPS[name] ?? {};
  if (!needsDatabase) return collect(file, { ...process.env, TZ: 'UTC' });

  await exclusively(join(ROOT, '.cache', 'build.lock'), () => prepare(withWeb), { seconds: 900 });
  if (!onEachQueue) return onDatabase(name, file, { needsStack, withWeb, ...setup });
  const only = process.env.BENCH_QUEUE;
  const rows = only === 'redis' ? [] : await onDatabase(name, file, { needsStack, withWeb, ...setup });
  if (only === 'postgres') return rows;
  const redis = await openTemporaryRedis();
  if (!redis) {
    tell(`${name}: no Redis found, so not run on it`);
    return rows;
  }
  try {
    return [...rows, ...(await onDatabase(name, file, { needsStack, withWeb, ...setup, redisUrl: redis.url }))];
  } finally {
    await redis.stop();
  }
}

async function onDatabase(name, file, { needsStack, withWeb, roles, redisUrl, seedDemo = false }) {
  const data = mkdtempSync(join(tmpdir(), 'glucolens-bench-'));
  const database = await openTemporaryDatabase({ durable: true });
  let stack = null;
  try {
    const databaseUrl = await database.create(`bench_${name.replaceAll('-', '_')}`);
    if (needsStack) stack = await startStack({ databaseUrl, data, seedDemo, signal, withWeb, roles, redisUrl });
    else await migrate(databaseUrl);
    return await collect(file, {
      ...process.env,
      TZ: 'UTC',
      ...stack?.addresses,
      SECRET_KEY: stack?.secretKey,
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl ?? '',
      // Whose processor time a benchmark may count.
      STACK_PIDS: JSON.stringify({ ...stack?.pids, database: runningServer(database.home)?.pid }),
    });
  } finally {
    await stack?.stop();
    await database.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function prepare(withWeb) {
  await ensureInstalled({ to: tell });
  await ensureBackend({ to: tell });
  if (withWeb) await ensureFrontend({ to: tell });
}

function migrate(databaseUrl) {
  const env = { ...process.env, DATABASE_URL: databaseUrl, SECRET_KEY: 'no token is made while migrating a bench' };
  return backendCommand(['migrate'], { env, signal });
}

function collect(file, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', RUNNER, file], {
      cwd: ROOT,
      env,
      signal,
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    let rows = null;
    child.on('message', (message) => (rows = message));
    child.on('error', reject);
    child.on('exit', (code, ended) =>
      rows ? resolve(rows) : reject(new Error(`ended with ${ended ?? `exit code ${code}`}`)),
    );
  });
}

function printTable(name, rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value) => (typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value ?? ''));
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => cell(row[column]).length)));
  const line = (values) => `  ${values.map((value, index) => value.padEnd(widths[index])).join('  ')}`.trimEnd();
  process.stdout.write(`\n${name}\n${line(columns)}\n`);
  for (const row of rows) process.stdout.write(`${line(columns.map((column) => cell(row[column])))}\n`);
  process.stdout.write('\n');
}
