import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBackend } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT } from './paths.mjs';
import { packageCommand, run } from './processes.mjs';

/** What is generated from the backend's routes and schemas, and where it is committed. */
export const GENERATED = [
  { name: 'openapi.json', committed: join(ROOT, 'backend/openapi.json') },
  { name: 'types', committed: join(ROOT, 'frontend/src/api/generated') },
];

/**
 * Writes the API's description and the types of everything it sends and takes into a folder. The web makes its calls
 * itself, since they carry its session; a generated caller would be a second way to do so.
 */
export async function generateInto(folder) {
  const description = join(folder, 'openapi.json');
  const backend = join(ROOT, 'backend');
  await run(process.execPath, ['dist/openapi.js', description], { cwd: backend, output: 'capture' });
  const args = ['-i', description, '-o', join(folder, 'types'), '--no-log-file', '-s'];
  const plugins = ['-p', '@hey-api/typescript'];
  const command = packageCommand('.', '@hey-api/openapi-ts', 'openapi-ts');
  await run(process.execPath, [command, ...args, ...plugins], { cwd: folder, output: 'capture' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureInstalled();
  await ensureBackend();
  const folder = join(ROOT, '.cache', 'generated');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await generateInto(folder);
  for (const { name, committed } of GENERATED) {
    rmSync(committed, { recursive: true, force: true });
    cpSync(join(folder, name), committed, { recursive: true });
    process.stdout.write(`${committed}\n`);
  }
}
