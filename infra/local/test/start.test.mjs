import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT, isRoot } from '../paths.mjs';
import { serverHome } from '../postgres-files.mjs';
import { runningServer, stopServer } from '../postgres-server.mjs';
import { freePort, isAlive, portIsFree, waitUntil } from '../processes.mjs';

const data = mkdtempSync(join(tmpdir(), 'glucolens-start-'));
if (isRoot()) chmodSync(data, 0o711);
const { home } = serverHome(data);
const env = { ...process.env, DATA_DIR: data, SEED_DEMO: 'false', LOG_LEVEL: 'warn' };
for (const name of ['DATABASE_URL', 'REDIS_URL', 'PORT', 'npm_lifecycle_event', 'NODE_TEST_CONTEXT']) delete env[name];

before(async () => {
  for (const name of ['API_PORT', 'WEB_PORT', 'METRICS_PORT']) env[name] = String(await freePort());
});
after(async () => {
  await stopServer(home);
  rmSync(data, { recursive: true, force: true });
});

/** A launcher, its output and the promise of its end. */
function launch(more = {}) {
  const child = spawn(process.execPath, [join(ROOT, 'infra/local/start.mjs')], { env: { ...env, ...more } });
  const launched = { child, output: '', ended: new Promise((resolve) => child.once('close', resolve)) };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (launched.output += chunk));
  return launched;
}

async function launchReady(more) {
  const launched = launch(more);
  const isReady = () => launched.output.includes('GlucoLens is ready');
  await waitUntil(() => isReady() || launched.child.exitCode !== null, { seconds: 120 });
  assert.ok(isReady(), launched.output);
  return launched;
}

const allPortsFree = async () =>
  (
    await Promise.all([env.API_PORT, env.WEB_PORT, env.METRICS_PORT].map((port) => portIsFree(Number(port), '0.0.0.0')))
  ).every(Boolean);

test('it answers on both ports, refuses a second start, and a signal ends everything', async () => {
  const first = await launchReady();
  assert.match(first.output, new RegExp(`GlucoLens is ready: http://localhost:${env.WEB_PORT}\n`));
  assert.equal((await fetch(`http://127.0.0.1:${env.API_PORT}/health/ready`)).status, 200);
  assert.equal((await fetch(`http://127.0.0.1:${env.WEB_PORT}/healthz`)).status, 200);
  assert.equal((await fetch(`http://127.0.0.1:${env.METRICS_PORT}/metrics`)).status, 200);

  const second = launch();
  assert.equal(await second.ended, 1);
  assert.match(second.output, /already runs in .*Stop it first/);

  first.child.kill('SIGTERM');
  assert.equal(await first.ended, 0);
  assert.equal(runningServer(home), null);
  assert.ok(await allPortsFree());
});

test('after SIGKILL its services leave, and the next start takes over the database', async () => {
  const killed = await launchReady();
  killed.child.kill('SIGKILL');
  await killed.ended;
  const { pid } = runningServer(home);
  const next = await launchReady();
  assert.equal(runningServer(home).pid, pid);
  next.child.kill('SIGINT');
  assert.equal(await next.ended, 0);
});

test('a database that dies comes back under the running API', async () => {
  const launched = await launchReady();
  const ready = async () => (await fetch(`http://127.0.0.1:${env.API_PORT}/health/ready`)).status === 200;
  const { pid } = runningServer(home);
  process.kill(pid, 'SIGKILL');
  assert.ok(await waitUntil(() => !isAlive(pid) && runningServer(home)?.ready, { seconds: 10 }));
  assert.ok(await waitUntil(ready, { seconds: 10 }));
  launched.child.kill('SIGTERM');
  assert.equal(await launched.ended, 0);
});

test('a service that dies ends the others and is named', async () => {
  const launched = await launchReady();
  const { services } = JSON.parse(readFileSync(join(data, 'start.lock'), 'utf8'));
  process.kill(services.find(({ name }) => name === 'backend').pid, 'SIGKILL');
  assert.equal(await launched.ended, 1);
  assert.match(launched.output, /backend ended by itself with SIGKILL/);
  assert.ok(await allPortsFree());
});

test('a taken port is named by its variable', async () => {
  const { createServer } = await import('node:net');
  const squatter = createServer().listen(Number(env.API_PORT), '127.0.0.1');
  const launched = launch();
  assert.equal(await launched.ended, 1);
  assert.match(launched.output, new RegExp(`Port ${env.API_PORT} is taken.*Set API_PORT`));
  squatter.close();
});

test('wrong settings are told all at once', async () => {
  const launched = launch({ WEB_PORT: 'x', SEED_DEMO: 'perhaps' });
  assert.equal(await launched.ended, 1);
  assert.match(launched.output, /WEB_PORT is not a port: x\nSEED_DEMO is neither true nor false: perhaps/);
});
