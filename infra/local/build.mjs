import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, sha256 } from './paths.mjs';
import { packageCommand, run } from './processes.mjs';
import { step } from './progress.mjs';

const COMMON = ['package-lock.json', 'tsconfig.base.json'];

const BACKEND = {
  sources: [...COMMON, 'nest-cli.json', 'backend/.swcrc', 'backend/tsconfig.build.json', 'backend/src'],
  stamp: 'backend/dist/.sources',
};
const FRONTEND = {
  sources: [...COMMON, ...['messages', 'public', 'src'].map((name) => `frontend/${name}`)],
  settings: /^(next|postcss)\.config\.|^package\.json$/,
  stamp: 'frontend/.next/standalone/.sources',
};

export const BACKEND_MAIN = join(ROOT, 'backend/dist/main.js');
export const BACKEND_CLI = join(ROOT, 'backend/dist/cli.js');
export const WEB_SERVER = join(ROOT, 'frontend/.next/standalone/frontend/server.js');

/** Builds the backend when its sources differ from those of the last build. */
export async function ensureBackend({ to, signal } = {}) {
  await whenChanged(BACKEND, 'Building the backend', { to }, () => {
    const nest = packageCommand('backend', '@nestjs/cli', 'nest');
    const args = [nest, 'build', '--config', '../nest-cli.json'];
    return run(process.execPath, args, { output: 'capture', cwd: join(ROOT, 'backend'), signal });
  });
}

/** Builds the web and puts beside its server the files that Next leaves out of `standalone`. */
export async function ensureFrontend({ to, signal } = {}) {
  if (!existsSync(join(ROOT, 'frontend/next.config.ts'))) return;
  await whenChanged(FRONTEND, 'Building the web pages', { to }, async () => {
    const frontend = join(ROOT, 'frontend');
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
    await run(process.execPath, [packageCommand('frontend', 'next'), 'build'], {
      output: 'capture',
      cwd: frontend,
      env,
      signal,
    });
    const standalone = join(frontend, '.next/standalone/frontend');
    cpSync(join(frontend, '.next/static'), join(standalone, '.next/static'), { recursive: true });
    const assets = join(frontend, 'public');
    if (existsSync(assets)) cpSync(assets, join(standalone, 'public'), { recursive: true });
  });
}

async function whenChanged({ sources, settings, stamp }, title, { to }, build) {
  const file = join(ROOT, stamp);
  const paths = [...sources];
  if (settings) {
    const names = readdirSync(join(ROOT, 'frontend')).filter((name) => settings.test(name));
    paths.push(...names.map((name) => `frontend/${name}`));
  }
  const wanted = fingerprint(paths);
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted) return;
  rmSync(file, { force: true });
  await step(title, build, { to });
  writeFileSync(file, wanted);
}

/** Names and contents of all files; times would differ between two clones of the same commit. */
function fingerprint(paths) {
  const lines = paths.flatMap((path) => filesUnder(join(ROOT, path)));
  return sha256(lines.map((file) => `${relative(ROOT, file)} ${sha256(readFileSync(file))}`).join('\n'));
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
