import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BACKEND_CLI } from './build.mjs';
import { sha256 } from './paths.mjs';
import { run } from './processes.mjs';

export const DEMO_PASSWORD = 'glucolens-demo';
export const DEMO_LOGINS = [
  ['clinician@demo.glucolens.dev', 'clinician of the demo clinic'],
  ['alice@demo.glucolens.dev', 'patient'],
  ['admin@demo.glucolens.dev', 'administrator'],
];

export const backendCommand = (args, { env, signal, onLine }) =>
  run(process.execPath, [BACKEND_CLI, ...args], { env, signal, onLine, output: 'capture' });

/** Which database was seeded is remembered beside its data, so that removed demo patients stay removed. */
export function demoMark(settings) {
  const name = settings.databaseUrl ? `demo-seeded-${sha256(settings.databaseUrl).slice(0, 12)}` : 'demo-seeded';
  const file = join(settings.dataDirectory, name);
  return { exists: () => existsSync(file), set: () => writeFileSync(file, '') };
}
