import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { exclusively } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { run } from './processes.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** A browser for tests and PDFs: `CHROMIUM_PATH`, one of the system, or the one that npm brought. Null without any. */
export async function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (!starts(env.CHROMIUM_PATH)) throw new Error(`CHROMIUM_PATH does not start: ${env.CHROMIUM_PATH}`);
    return env.CHROMIUM_PATH;
  }
  const folders = (env.PATH ?? '').split(delimiter);
  const system = COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (system && starts(system)) return system;
  return exclusively(join(ROOT, '.cache', 'chromium.lock'), unpackChromium, { seconds: 180 });
}

const starts = (file) => spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;

/** The browser of `@sparticuz/chromium`, unpacked once per version. It unpacks into TMPDIR, hence a process of its own. */
async function unpackChromium() {
  const folder = join(ROOT, 'node_modules', '@sparticuz', 'chromium');
  if (!existsSync(folder) || process.platform !== 'linux' || process.arch !== 'x64') return null;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const target = join(ROOT, '.cache', `chromium-${version}`);
  if (!existsSync(target)) {
    const part = `${target}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    const script = "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())";
    // This platform name makes the package unpack the libraries it brings for systems that have none.
    const env = { ...process.env, TMPDIR: part, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
    await run(process.execPath, ['-e', script], { output: 'capture', cwd: ROOT, env });
    renameSync(part, target);
  }
  return [join(target, 'chromium'), withOwnLibraries(target)].find(starts) ?? null;
}

/** For a system without libnss3 and libnspr4. */
function withOwnLibraries(target) {
  const file = join(target, 'chromium-with-libraries');
  const libraries = join(target, 'al2023', 'lib');
  writeFileSync(file, `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${join(target, 'chromium')}' "$@"\n`, {
    mode: 0o755,
  });
  return file;
}
