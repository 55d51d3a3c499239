import { join } from 'node:path';
import { BACKEND_CLI, ensureBackend } from './build.mjs';
import { backendCommand } from './demo.mjs';
import { isInstalled } from './install.mjs';
import { exclusively } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { openDatabase } from './postgres.mjs';
import { run } from './processes.mjs';
import { backendEnvironment, readSettings } from './settings.mjs';

/** These read and write the installation's data; the others compute from files. */
const WITH_DATABASE = ['migrate', 'seed-demo', 'create-admin', 'rebuild-days', 'import'];

const stopping = new AbortController();
const { signal } = stopping;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => stopping.abort());

/** Only the command's JSON belongs on stdout. */
const tell = (text) => process.stderr.write(`${text}\n`);

const args = process.argv.slice(2);
try {
  process.exitCode = await main();
} catch (error) {
  tell(error.message);
  process.exitCode = 1;
}
process.exit();

async function main() {
  if (!isInstalled()) throw new Error('The dependencies are not installed as package-lock.json says. Run: npm ci');
  await exclusively(join(ROOT, '.cache', 'build.lock'), () => ensureBackend({ to: tell, signal }), { seconds: 600 });
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD || process.cwd() };
  if (!WITH_DATABASE.includes(args[0])) return runCommand(env);

  const settings = readSettings(env);
  if (settings.databaseUrl) return runCommand(backendEnvironment(settings, settings.databaseUrl, env));
  const database = await openDatabase(settings.dataDirectory, { say: tell });
  try {
    const withDatabase = backendEnvironment(settings, database.url, env);
    if (database.created) await backendCommand(['migrate'], { env: withDatabase, signal });
    return await runCommand(withDatabase);
  } finally {
    await database.release();
  }
}

async function runCommand(env) {
  const { code } = await run(process.execPath, [BACKEND_CLI, ...args], { env, signal, accept: 'any' });
  return code ?? 1;
}
