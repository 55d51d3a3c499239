import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkBoundaries, checkBoundaryFixtures } from './boundaries.mjs';
import { ensureBackend } from './build.mjs';
import { missingEntries } from './complete-lock.mjs';
import { GENERATED, generateInto } from './generate.mjs';
import { ensureInstalled } from './install.mjs';
import { exclusively } from './lock.mjs';
import { ROOT } from './paths.mjs';
import { packageCommand, run } from './processes.mjs';

const tool = (name, command, args) =>
  run(process.execPath, [packageCommand('.', name, command), ...args], { output: 'capture' });

/** Each check returns a word on what it looked at, or throws what is wrong. */
const CHECKS = {
  'types, backend': () => tool('typescript', 'tsc', ['--noEmit', '-p', 'backend/tsconfig.json']),
  'types, frontend': checkFrontendTypes,
  'types, browser tests': () => tool('typescript', 'tsc', ['--noEmit', '-p', 'frontend/e2e/tsconfig.json']),
  lint: () => tool('oxlint', 'oxlint', ['--deny-warnings']),
  format: () => tool('prettier', 'prettier', ['--check', '.', '--log-level', 'warn']),
  boundaries: checkBoundaries,
  'boundary fixtures': checkBoundaryFixtures,
  'generated files': checkGenerated,
  migrations: checkMigrations,
  'lock file': checkLockFile,
};

const wanted = process.argv.slice(2);
await ensureInstalled();
let failed = 0;
for (const [name, check] of Object.entries(CHECKS)) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  const start = performance.now();
  const result = await Promise.resolve()
    .then(check)
    .then((word) => ({ ok: true, word: typeof word === 'string' ? word : '' }))
    .catch((error) => ({ ok: false, word: '', error }));
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  process.stdout.write(
    `${result.ok ? 'ok    ' : 'FAILED'} ${name.padEnd(20)} ${seconds} s  ${result.word}`.trimEnd() + '\n',
  );
  if (!result.ok) {
    failed += 1;
    process.stdout.write(`${result.error.message}\n\n`);
  }
}
process.exit(failed === 0 ? 0 : 1);

/** Next derives the types of its routes from the files of the app. */
async function checkFrontendTypes() {
  const next = packageCommand('frontend', 'next');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  await run(process.execPath, [next, 'typegen'], { cwd: join(ROOT, 'frontend'), env, output: 'capture' });
  await tool('typescript', 'tsc', ['--noEmit', '-p', 'frontend/tsconfig.json']);
}

async function checkGenerated() {
  await exclusively(join(ROOT, '.cache', 'build.lock'), () => ensureBackend({ to: () => {} }), { seconds: 600 });
  const folder = join(ROOT, '.cache', 'generated-check');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await generateInto(folder);
  const stale = GENERATED.filter(({ name, committed }) => !sameContent(join(folder, name), committed));
  rmSync(folder, { recursive: true, force: true });
  if (stale.length > 0)
    throw new Error(`Run "npm run generate" and commit: ${stale.map(({ committed }) => committed).join(', ')}`);
}

function sameContent(fresh, committed) {
  if (!existsSync(committed)) return false;
  try {
    const names = readdirSync(fresh).sort();
    if (names.join() !== readdirSync(committed).sort().join()) return false;
    return names.every((name) => sameContent(join(fresh, name), join(committed, name)));
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    return readFileSync(fresh, 'utf8') === readFileSync(committed, 'utf8');
  }
}

/** Tables come from migrations alone. */
function checkMigrations() {
  const source = join(ROOT, 'backend/src');
  const files = readdirSync(source, { recursive: true }).filter((file) => file.endsWith('.ts'));
  const faults = files.flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const inMigration = file.startsWith(join('database', 'migrations'));
    const makesTables =
      !inMigration && /\b(CREATE (?!TEMP)\w*\s*TABLE|ALTER TABLE|CREATE (UNIQUE )?INDEX)\b/i.test(text);
    const synchronizes = /synchronize:\s*true|\.synchronize\(/.test(text);
    return makesTables || synchronizes ? [`${file} changes the schema outside of a migration`] : [];
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

function checkLockFile() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const missing = Object.keys(missingEntries(packages));
  if (missing.length > 0) {
    throw new Error(
      `"npm ci" would refuse the lock file; run: node infra/local/complete-lock.mjs\n${missing.join('\n')}`,
    );
  }
}
