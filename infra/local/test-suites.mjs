import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { ROOT } from './paths.mjs';
import { packageCommand, run } from './processes.mjs';
import { say } from './progress.mjs';
import { startStack } from './stack.mjs';
import { countJest, countNodeTest, countPlaywright } from './test-reports.mjs';

/** No test judges speed, so a busy machine must not fail one either. */
const SLOW_MACHINE_MS = 90_000;

/** Much of a test is waiting for something, so three at a time is right for two cores as well; more than four crowd PostgreSQL. */
const WORKERS = Math.min(4, Math.max(3, availableParallelism()));

/** What no queue can change runs once. */
const WHERE_THE_QUEUE_MATTERS = [
  `--testPathIgnorePatterns=${[
    '/node_modules/',
    'medium/(alerts|database|demo|identity|readings)/',
    'medium/background/redis-eviction',
    'medium/delivery/(email|escalation|web-push|webhook)',
    'medium/imports/(reference-exports|vendor-series)',
    'medium/live/stream',
    'medium/monitoring/(error-webhook|monitoring-files)',
    'e2e/(access-matrix|account-lookups|audit|auth|connections|followers|glycemia|grants|invitations|on-call|organisations|panel|patients|records|security|zones)\\.spec',
  ].join('|')}`,
];

const launcher = { name: 'launcher', run: (context) => runNodeTests(context, 'infra/local/test') };
const deploymentFiles = { name: 'deployment files', run: (context) => runNodeTests(context, 'infra/checks') };
const frontend = { name: 'frontend', run: (context) => runJest(context, 'frontend', []) };
const browser = { name: 'browser', run: runBrowser };

const ofBackend = (project, paths, more = () => ({})) => ({
  run: (context) => runJest(context, 'backend', [...paths, '--selectProjects', project], more(context)),
});
const unit = { name: 'unit', ...ofBackend('unit', []) };
const medium = { name: 'medium', ...ofBackend('medium', [], onPostgres) };
const e2e = { name: 'e2e', ...ofBackend('e2e', [], onPostgres) };
const mediumOnRedis = {
  name: 'medium, queue on Redis',
  needs: 'redis',
  ...ofBackend('medium', WHERE_THE_QUEUE_MATTERS, onRedis),
};
const e2eOnRedis = {
  name: 'e2e, queue on Redis',
  needs: 'redis',
  ...ofBackend('e2e', WHERE_THE_QUEUE_MATTERS, onRedis),
};

/**
 * Every suite. A stage begins when the one before it has ended; its lanes run beside each other, since the launcher's
 * tests mostly wait.
 */
export const STAGES = [
  [
    [unit, medium, e2e, mediumOnRedis, e2eOnRedis],
    [launcher, deploymentFiles, frontend],
  ],
  [[browser]],
];

function onPostgres({ database }) {
  return { TEST_DATABASE_URL: database.url, REDIS_URL: '' };
}

function onRedis({ database, redis }) {
  return { TEST_DATABASE_URL: database.url, REDIS_URL: redis.url };
}

async function runJest({ reports, signal }, workspace, args, more = {}) {
  const file = join(reports, `${randomUUID()}.json`);
  const all = [
    packageCommand(workspace, 'jest'),
    '--ci',
    '--forceExit',
    '--json',
    `--maxWorkers=${WORKERS}`,
    `--testTimeout=${SLOW_MACHINE_MS}`,
    `--outputFile=${file}`,
    ...args,
  ];
  const env = { ...process.env, TZ: 'UTC', DATABASE_URL: '', ...more };
  const options = { cwd: join(ROOT, workspace), env, signal, group: true, accept: 'any' };
  const { code } = await run(process.execPath, all, options);
  return countJest(file, code);
}

async function runNodeTests({ signal }, workspace) {
  const folder = join(ROOT, workspace);
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.mjs'));
  const args = ['--test', '--test-reporter=tap', '--test-concurrency=1', ...files.map((name) => join(folder, name))];
  const onLine = (line) => /^\s*((not )?ok |# NOT RUN)/.test(line) && process.stdout.write(`${line}\n`);
  const { code, text } = await run(process.execPath, args, {
    output: 'capture',
    onLine,
    signal,
    group: true,
    accept: 'any',
  });
  const counts = countNodeTest(text, code);
  if (counts.failed > 0) process.stdout.write(text);
  return counts;
}

/** The real thing: backend and web as processes, the demo clinic, a browser. */
async function runBrowser({ database, reports, signal }) {
  const chromium = await findChromium();
  if (!chromium) throw new Error('no browser: set CHROMIUM_PATH, or install chromium');
  say(`  browser: ${chromium}`);
  const data = mkdtempSync(join(tmpdir(), 'glucolens-browser-'));
  const stack = await startStack({ databaseUrl: await database.create('browser'), data, seedDemo: true, signal });
  try {
    const file = join(reports, 'playwright.json');
    const env = {
      ...process.env,
      ...stack.addresses,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    };
    const args = [packageCommand('frontend', '@playwright/test', 'playwright'), 'test'];
    const options = { cwd: join(ROOT, 'frontend'), env, signal, group: true, accept: 'any' };
    const { code } = await run(process.execPath, args, options);
    return countPlaywright(file, code);
  } finally {
    await stack.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
