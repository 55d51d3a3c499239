import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, sha256 } from './paths.mjs';
import { run } from './processes.mjs';
import { step } from './progress.mjs';

const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.glucolens-lock');

export const isInstalled = () =>
  existsSync(STAMP) ? readFileSync(STAMP, 'utf8') === sha256(readFileSync(LOCK)) : installedByHand();

/** Whether `npm ci` or `npm install`, called without us, left exactly what the lock file names. */
function installedByHand() {
  const record = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, link, optional, peer, devOptional }]) => {
    if (!path.includes('node_modules/') || link) return true;
    const found = installed[path];
    return found ? found.version === version : Boolean(optional || peer || devOptional);
  });
}

/** `npm ci` when the lock file has changed since the last time. Nothing here relies on install scripts. */
export async function ensureInstalled({ to, signal } = {}) {
  if (isInstalled()) return;
  await step('Installing the dependencies (npm ci)', () => npmCi(signal), { to });
  writeFileSync(STAMP, sha256(readFileSync(LOCK)));
}

async function npmCi(signal) {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev'];
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const viaNode = npm?.endsWith('.js');
  const command = viaNode ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = (...more) =>
    run(command, [...(viaNode ? [npm] : []), ...args, ...more], { output: 'capture', env, signal });
  try {
    await install();
  } catch (error) {
    signal?.throwIfAborted();
    // A package whose install script fails would stop everything, though nothing here needs one.
    await install('--ignore-scripts').catch(() => {
      throw error;
    });
  }
}
