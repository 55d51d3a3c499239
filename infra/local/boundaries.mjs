import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { packageCommand, run } from './processes.mjs';

const CONFIG = join(ROOT, '.dependency-cruiser.cjs');
const FIXTURES = join(ROOT, 'backend/test/boundaries');

async function violations(folder, sources, tsConfig) {
  const args = [packageCommand('.', 'dependency-cruiser', 'depcruise'), '--config', CONFIG, '--output-type', 'json'];
  const more = tsConfig ? ['--ts-config', tsConfig] : [];
  const options = { cwd: folder, output: 'capture', accept: 'any' };
  const { stdout } = await run(process.execPath, [...args, ...more, ...sources], options);
  const { summary } = JSON.parse(stdout);
  return {
    cruised: summary.totalCruised,
    found: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

/** The product keeps the rules. */
export async function checkBoundaries() {
  const backend = await violations(ROOT, ['backend/src']);
  const frontend = await violations(ROOT, ['frontend/src'], join(ROOT, 'frontend/tsconfig.json'));
  const found = [...backend.found, ...frontend.found];
  if (found.length > 0) throw new Error(found.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`).join('\n'));
  return `${backend.cruised + frontend.cruised} files`;
}

/** And each rule can be broken: a tree in which every marked file breaks the rule it names, and no other file any. */
export async function checkBoundaryFixtures() {
  const { found } = await violations(FIXTURES, ['backend', 'frontend']);
  const marks = new Map(sourceFiles('').map((file) => [file, markOf(file)]));
  const faults = [];
  for (const [file, rule] of marks) {
    if (rule && !found.some((one) => one.from === file && one.rule === rule))
      faults.push(`${file} does not break ${rule}`);
  }
  for (const { rule, from } of found) {
    if (!marks.get(from)) faults.push(`${from} breaks ${rule}, and should break nothing`);
  }
  const { forbidden } = createRequire(import.meta.url)(CONFIG);
  const proven = new Set(marks.values());
  for (const { name } of forbidden)
    if (!proven.has(name)) faults.push(`no file under backend/test/boundaries breaks ${name}`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return `${forbidden.length} rules`;
}

const markOf = (file) => /^\/\/ Must fail: (\S+)/.exec(readFileSync(join(FIXTURES, file), 'utf8'))?.[1];

function sourceFiles(folder) {
  return readdirSync(join(FIXTURES, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? sourceFiles(path) : path.endsWith('.ts') ? [path] : [];
  });
}
