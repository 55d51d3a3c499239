import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BACKEND_MAIN, WEB_SERVER, ensureBackend, ensureFrontend } from './build.mjs';
import { DEMO_LOGINS, DEMO_PASSWORD, backendCommand, demoMark } from './demo.mjs';
import { ensureInstalled } from './install.mjs';
import { exclusively, tryLock } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { openDatabase } from './postgres.mjs';
import { freePort, portIsFree, sleep, waitUntil } from './processes.mjs';
import { say, step } from './progress.mjs';
import { endLeftovers, startService, waitForAnswer } from './services.mjs';
import { backendEnvironment, readSettings, webEnvironment } from './settings.mjs';

const stopping = new AbortController();
const { signal } = stopping;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stopping.abort(name));
leaveWithNpm();

/** Everything that runs, in the order in which it is ended. */
const running = { web: null, backend: null, database: null };

try {
  const settings = readSettings();
  const lock = await claimDataDirectory(settings);
  let failure = null;
  try {
    await boot(settings, lock);
    failure = await Promise.race([stopRequested(), firstDeath(), superviseDatabase()]);
  } catch (error) {
    if (!signal.aborted) failure = error.message;
  }
  if (failure) process.stderr.write(`\n${failure}\n`);
  lock.note({ state: 'stopping', services: services() });
  await shutDown();
  lock.release();
  process.exitCode = failure ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
process.exit();

async function boot(settings, lock) {
  for (const port of Object.values(settings.ports)) {
    if (port === settings.ports.metrics && !process.env.METRICS_PORT) await useFreePort(port);
    if (!(await portIsFree(port.value, '0.0.0.0'))) {
      throw new Error(`Port ${port.value} is taken by another program. Set ${port.name} to a free port.`);
    }
  }
  await exclusively(
    join(ROOT, '.cache', 'build.lock'),
    async () => {
      await ensureInstalled({ signal });
      await ensureBackend({ signal });
      await ensureFrontend({ signal });
    },
    { seconds: 900 },
  );
  signal.throwIfAborted();

  if (!settings.databaseUrl) {
    running.database = await step('Starting PostgreSQL', () => openDatabase(settings.dataDirectory, { say }));
  }
  const env = backendEnvironment(settings, settings.databaseUrl ?? running.database.url);
  const mark = demoMark(settings);
  if (settings.seedDemo && !mark.exists()) {
    await step('Migrating the database', () => backendCommand(['migrate'], { env, signal }));
    const onLine = (line) => line.startsWith('{') || say(`  ${line}`);
    await step('Filling the demo clinic', () => backendCommand(['seed-demo'], { env, signal, onLine }));
    mark.set();
  }
  signal.throwIfAborted();
  await startServices(settings, env, lock);
  announce(settings);
}

/** Nobody asked for this port, so a second installation on the machine is no reason to refuse. */
async function useFreePort(port) {
  if (await portIsFree(port.value, '0.0.0.0')) return;
  const free = await freePort();
  say(`Port ${port.value} is taken by another program: metrics are on port ${free}.`);
  port.value = free;
}

async function startServices(settings, env, lock) {
  const logs = join(settings.dataDirectory, 'logs');
  const api = `http://127.0.0.1:${settings.ports.api.value}`;
  const web = `http://127.0.0.1:${settings.ports.web.value}`;
  running.backend = startService({
    name: 'backend',
    script: BACKEND_MAIN,
    // Migrating while it boots saves a later start a process of its own.
    env: { ...env, MIGRATE_ON_BOOT: 'true' },
    log: join(logs, 'backend.log'),
    stopSeconds: 30,
  });
  running.web = startService({
    name: 'web',
    script: WEB_SERVER,
    env: webEnvironment(settings),
    log: join(logs, 'web.log'),
    stopSeconds: 30,
  });
  lock.note({ state: 'running', services: services() });
  await step('Starting API, worker, scheduler and web', async () => {
    await waitForAnswer(running.backend, `${api}/health/ready`, { seconds: 60, signal });
    await waitForAnswer(running.web, `${web}/healthz`, { seconds: 60, signal });
  });
  say(`Logs: ${logs}`);
}

function announce(settings) {
  process.stdout.write(`\nGlucoLens is ready: http://localhost:${settings.ports.web.value}\n`);
  if (!settings.seedDemo) return;
  process.stdout.write('\nDemo logins (synthetic data):\n');
  for (const [address, role] of DEMO_LOGINS)
    process.stdout.write(`  ${address.padEnd(32)} ${DEMO_PASSWORD}   ${role}\n`);
  process.stdout.write('\nCtrl-C ends everything.\n');
}

/** One launcher per DATA_DIR. One that is just ending, or was just killed, is waited for. */
async function claimDataDirectory(settings) {
  const file = join(settings.dataDirectory, 'start.lock');
  const previous = readNote(file);
  let lock = tryLock(file, { state: 'starting' });
  await waitUntil(() => (lock = lock.held ? lock : tryLock(file, { state: 'starting' })).held || signal.aborted, {
    seconds: lock.holder?.state === 'stopping' ? 45 : 3,
    everyMs: 200,
  });
  if (!lock.held) {
    const who = `process ${lock.holder?.pid}`;
    throw new Error(
      `GlucoLens already runs in ${settings.dataDirectory} (${who}). Stop it first, or give this one its own DATA_DIR and ports.`,
    );
  }
  await endLeftovers(previous?.services ?? []);
  return lock;
}

function readNote(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function services() {
  return [running.web, running.backend].filter(Boolean).map((service) => service.record);
}

function stopRequested() {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}

function firstDeath() {
  const deaths = [running.backend, running.web].map(async (service) => {
    const how = await service.ended;
    return `${service.name} ended by itself with ${how}. The end of its log:\n${service.lastLines()}`;
  });
  return Promise.race(deaths);
}

/** A database that died comes back on the same port; the API reconnects by itself. */
async function superviseDatabase() {
  if (!running.database) return new Promise(() => {});
  while (!signal.aborted) {
    await sleep(500);
    if (signal.aborted || running.database.isRunning()) continue;
    say('PostgreSQL ended unexpectedly; starting it again');
    try {
      await running.database.restart();
    } catch (error) {
      return `The database is gone and does not come back. ${error.message}`;
    }
  }
  return null;
}

async function shutDown() {
  if (running.web || running.backend || running.database) say('Stopping');
  await running.web?.stop();
  await running.backend?.stop();
  await running.database?.stop();
  say('Stopped');
}

/** npm that was killed cannot pass the signal on; its script would run on unseen. */
function leaveWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stopping.abort('npm ended'), 500).unref();
}
