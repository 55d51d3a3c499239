import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureBackend, ensureFrontend } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { exclusively } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { givenDatabase, openTemporaryDatabase } from './postgres.mjs';
import { say, step } from './progress.mjs';
import { openTemporaryRedis } from './redis.mjs';
import { STAGES } from './test-suites.mjs';

/** A suite that hangs fails; it does not keep the rest from being counted. */
const MOST_MINUTES_OF_A_SUITE = 15;
const MOST_MINUTES = 50;

/** `npm test` runs everything; `npm test -- unit browser` only the suites whose name contains one of the words. */
const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word));

/** An analysis that gives way would wait for all other tests. */
process.env.ANALYSIS_NICE ??= '0';

/** Relative to the repository, whatever folder a suite runs in. */
process.env.REFERENCE_DATA = resolve(ROOT, process.env.REFERENCE_DATA || '../shared');

const stopping = new AbortController();
const { signal } = stopping;
const lateAt = performance.now() + MOST_MINUTES * 60_000;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stopping.abort());

const reports = mkdtempSync(join(tmpdir(), 'glucolens-reports-'));
const opened = [];
const rows = [];
try {
  await exclusively(join(ROOT, '.cache', 'build.lock'), prepare, { seconds: 900 });
  const context = await openServers();
  for (const stage of STAGES) {
    await Promise.all(stage.map((lane) => runLane(lane.filter(isWanted), context)));
  }
} catch (error) {
  rows.push({ name: 'preparation', passed: 0, failed: 1, skipped: 0, seconds: 0, note: 'could not be prepared' });
  process.stdout.write(`${error.stack}\n`);
} finally {
  for (const server of opened) await server.stop();
  rmSync(reports, { recursive: true, force: true });
}
process.exit(report());

async function prepare() {
  await ensureInstalled({ signal });
  await ensureBackend({ signal });
  await ensureFrontend({ signal });
}

async function openServers() {
  const given = process.env.TEST_DATABASE_URL;
  const server = given
    ? givenDatabase(given)
    : await step('Starting PostgreSQL for the tests', () => openTemporaryDatabase());
  opened.push(server);
  const givenRedis = process.env.TEST_REDIS_URL;
  const redis = givenRedis ? { program: 'TEST_REDIS_URL', url: givenRedis, stop() {} } : await openTemporaryRedis();
  if (redis) opened.push(redis);
  say(
    redis ? `Queue on Redis: ${redis.program}` : 'Queue on Redis: neither valkey-server nor redis-server is installed',
  );
  return { reports, redis, database: server };
}

async function runLane(suites, context) {
  for (const suite of suites) {
    if (!signal.aborted) rows.push(await runSuite(suite, context));
  }
}

/** A suite that ran nothing has proved nothing, so it counts as a failure. */
async function runSuite({ name, needs, run }, context) {
  if (needs && !context[needs])
    return { name, passed: 0, failed: 0, skipped: 0, seconds: 0, note: `not run: no ${needs}` };
  process.stdout.write(`\n── ${name} ──\n`);
  const start = performance.now();
  let counts;
  let note = '';
  const late = AbortSignal.timeout(Math.max(1, Math.floor(Math.min(MOST_MINUTES_OF_A_SUITE * 60_000, lateAt - start))));
  try {
    counts = await run({ ...context, signal: AbortSignal.any([signal, late]) });
    if (counts.passed + counts.failed === 0) {
      counts.failed = 1;
      note = 'no test ran';
    }
  } catch (error) {
    process.stdout.write(`${error.stack}\n`);
    counts = { passed: 0, failed: 1, skipped: 0 };
    note = late.aborted
      ? `not done after ${((performance.now() - start) / 60_000).toFixed(0)} minutes`
      : 'could not run';
  }
  return { name, ...counts, seconds: (performance.now() - start) / 1000, note };
}

/** The table, then the one line that scripts read. */
function report() {
  const cell = (value) => String(value).padStart(8);
  process.stdout.write(`\n${'suite'.padEnd(24)}${['passed', 'failed', 'skipped', 'seconds'].map(cell).join('')}\n`);
  for (const { name, passed, failed, skipped, seconds, note } of rows) {
    const line = `${name.padEnd(24)}${[passed, failed, skipped, seconds.toFixed(1)].map(cell).join('')}  ${note ?? ''}`;
    process.stdout.write(`${line.trimEnd()}\n`);
  }
  const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
  if (signal.aborted) process.stdout.write('interrupted\n');
  const counts = `${total('passed')} passed, ${total('failed')} failed`;
  process.stdout.write(`\n${counts}\n`);
  if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, `${counts}\n`);
  if (signal.aborted) return 130;
  return total('failed') === 0 && total('passed') > 0 ? 0 : 1;
}
