/**
 * Completes package-lock.json after `npm install` on a registry that carries only this platform's binaries. npm leaves
 * the other platforms' optional packages out of the lock file then, and `npm ci` refuses such a file on any machine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './paths.mjs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The platform a binary package is for, read from its name; npm skips it elsewhere. */
export function platformOf(name) {
  const words = name
    .replace('windows', 'win32')
    .replace('linuxmusl', 'linux-musl')
    .split(/[^a-z0-9]+/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  if (words.includes('universal')) cpu.push('x64', 'arm64');
  if (words.includes('ppc64le')) cpu.push('ppc64');
  if (words.includes('wasm') || words.includes('wasi')) cpu.push('wasm32');
  const musl = words.includes('musl') || words.includes('musleabihf');
  const glibc = words.includes('gnu') || words.includes('gnueabihf') || words.includes('glibc');
  return {
    ...(os.length > 0 && { os }),
    ...(cpu.length > 0 && { cpu: [...new Set(cpu)] }),
    ...(musl ? { libc: ['musl'] } : glibc && { libc: ['glibc'] }),
  };
}

/** The optional packages that the lock file names but does not describe, as entries to add. */
export function missingEntries(packages) {
  const missing = {};
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      if (isDescribed(packages, path, name)) continue;
      const version = range.replace(/^[\^~]/, '');
      const top = missing[`node_modules/${name}`] ?? packages[`node_modules/${name}`];
      const place = top && top.version !== version ? `${path}/node_modules/${name}` : `node_modules/${name}`;
      const platform = platformOf(name);
      if (!platform.os && !platform.cpu) throw new Error(`${name}: its name does not tell its platform`);
      missing[place] = { version, optional: true, ...platform };
    }
  }
  return missing;
}

function isDescribed(packages, path, name) {
  for (let folder = path; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    if (packages[`${folder}${folder ? '/' : ''}node_modules/${name}`]) return true;
    if (folder === '') return false;
    if (!folder.includes('node_modules/')) return Boolean(packages[`node_modules/${name}`]);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? join(ROOT, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingEntries(lock.packages);
  const entries = Object.entries({ ...lock.packages, ...missing });
  lock.packages = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${Object.keys(missing).length} entries added\n`);
}
