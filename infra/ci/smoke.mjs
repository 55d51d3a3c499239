import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { BACKEND_CLI, BACKEND_MAIN, ensureBackend } from '../local/build.mjs';
import { freePort, run, waitUntil } from '../local/processes.mjs';
import { whenCalled } from './main-script.mjs';

const READY_SECONDS = 60;
const STOP_SECONDS = 30;

/** How an image is run: on the host's network, as restricted as in production, and without the caller's environment. */
function imageRunner(image) {
  const name = `glucolens-smoke-${randomBytes(4).toString('hex')}`;
  const options = [
    '--rm',
    '--network=host',
    '--read-only',
    '--tmpfs=/tmp',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
  ];
  // By name only: the values stay out of the list of processes.
  const named = (env) => Object.keys(env).flatMap((key) => ['--env', key]);
  const environment = (env) => ({ ...process.env, ...env });
  return {
    command: (args, env) =>
      run('docker', ['run', ...options, ...named(env), image, 'node', 'dist/cli.js', ...args], {
        env: environment(env),
        output: 'capture',
      }),
    start: (env) =>
      spawn('docker', ['run', ...options, `--name=${name}`, ...named(env), image], {
        env: environment(env),
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    terminate: () => spawnSync('docker', ['kill', '--signal=SIGTERM', name]),
    kill: () => spawnSync('docker', ['kill', name]),
  };
}

/** The same questions to the build in this folder, for a machine without Docker. */
function buildRunner() {
  let child;
  const environment = (env) => ({ PATH: process.env.PATH, ...env });
  return {
    command: (args, env) => run(process.execPath, [BACKEND_CLI, ...args], { env: environment(env), output: 'capture' }),
    start: (env) =>
      (child = spawn(process.execPath, [BACKEND_MAIN], { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] })),
    terminate: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
  };
}

/**
 * Asks of a backend what a deployment will ask: it migrates, becomes ready on a real database and queue, is the expected
 * commit, answers a request that needs the database, and leaves with exit code 0 when told to.
 */
export async function smokeBackend({ image = null, databaseUrl, redisUrl = '', revision, say = () => {} }) {
  const runner = image ? imageRunner(image) : buildRunner();
  const port = String(await freePort());
  const metrics = String(await freePort());
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    SECRET_KEY: randomBytes(32).toString('base64'),
    PORT: port,
    METRICS_PORT: metrics,
    PROCESS_ROLE: 'all',
    DATA_DIR: '/tmp/glucolens-smoke',
    // An image carries its commit; a build in a folder is told.
    ...(image ? {} : { REVISION: revision }),
  };
  await runner.command(['migrate'], env);
  say('migrated');

  const child = runner.start(env);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-8_000)));
  let exitCode;
  child.on('error', (error) => ((exitCode = -1), (output += error.message)));
  child.on('exit', (code, signal) => (exitCode = signal ?? code));
  const fail = (message) => {
    throw new Error(`${message}. The end of its log:\n${output}`);
  };
  const ask = (path, options) =>
    fetch(`http://127.0.0.1:${port}${path}`, { ...options, signal: AbortSignal.timeout(5_000) }).catch(() => null);
  try {
    const ready = await waitUntil(async () => exitCode !== undefined || (await ask('/health/ready'))?.status === 200, {
      seconds: READY_SECONDS,
      everyMs: 250,
    });
    if (exitCode !== undefined) fail(`the backend ended by itself with ${exitCode}`);
    if (!ready) fail(`not ready after ${READY_SECONDS} s`);
    say('ready');

    const health = await ask('/health');
    if (health?.headers.get('x-revision') !== revision)
      fail(`it is revision ${health?.headers.get('x-revision')}, expected ${revision}`);
    say(`revision ${revision}`);

    const nobody = { email: 'nobody@example.org', password: 'not a password of anybody' };
    const refused = await ask('/api/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(nobody),
    });
    if (refused?.status !== 401) fail(`an unknown login was answered ${refused?.status}, expected 401`);
    say('an unknown login is refused');

    const asked = performance.now();
    runner.terminate();
    if (!(await waitUntil(() => exitCode !== undefined, { seconds: STOP_SECONDS })))
      fail(`still runs ${STOP_SECONDS} s after SIGTERM`);
    if (exitCode !== 0) fail(`SIGTERM ended it with ${exitCode}, expected 0`);
    say(`SIGTERM: exit 0 after ${((performance.now() - asked) / 1000).toFixed(1)} s`);
  } finally {
    if (exitCode === undefined) runner.kill();
  }
}

/** The web needs no store of its own: it must start, answer, and leave. */
export async function smokeWeb({ image, say = () => {} }) {
  const name = `glucolens-smoke-${randomBytes(4).toString('hex')}`;
  const port = String(await freePort());
  const env = { ...process.env, SECRET_KEY: randomBytes(32).toString('base64') };
  const settings = [
    '--env=SECRET_KEY',
    `--env=PORT=${port}`,
    '--env=HOSTNAME=0.0.0.0',
    '--env=API_URL=http://127.0.0.1:9',
    '--env=PUBLIC_URL=https://smoke.invalid',
  ];
  const child = spawn(
    'docker',
    ['run', '--rm', `--name=${name}`, '--network=host', '--cap-drop=ALL', ...settings, image],
    { env, stdio: 'inherit' },
  );
  let exitCode;
  child.on('exit', (code, signal) => (exitCode = signal ?? code));
  const answers = async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.status === 200;
  try {
    const ready = await waitUntil(async () => exitCode !== undefined || (await answers()), {
      seconds: READY_SECONDS,
      everyMs: 250,
    });
    if (exitCode !== undefined || !ready) throw new Error(`the web does not answer /healthz (exit code ${exitCode})`);
    say('the web answers');
    spawnSync('docker', ['kill', '--signal=SIGTERM', name]);
    await waitUntil(() => exitCode !== undefined, { seconds: STOP_SECONDS });
    if (exitCode === undefined) throw new Error(`the web still runs ${STOP_SECONDS} s after SIGTERM`);
    if (exitCode !== 0) throw new Error(`SIGTERM ended the web with ${exitCode}, expected 0`);
    say('SIGTERM: exit 0');
  } finally {
    if (exitCode === undefined) spawnSync('docker', ['kill', name]);
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      image: { type: 'string' },
      kind: { type: 'string', default: 'backend' },
      revision: { type: 'string', default: 'unknown' },
    },
  });
  const say = (text) => process.stdout.write(`ok     ${text}\n`);
  if (values.kind === 'web') await smokeWeb({ image: values.image, say });
  else {
    const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env;
    if (!databaseUrl) throw new Error('set DATABASE_URL to an empty database, and REDIS_URL to a queue');
    if (!values.image) await ensureBackend();
    await smokeBackend({ image: values.image, databaseUrl, redisUrl, revision: values.revision, say });
  }
  return 0;
}

await whenCalled(import.meta.url, main);
