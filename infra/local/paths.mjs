import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, whatever folder the command was called from. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const isRoot = () => process.getuid?.() === 0;

/** `DATA_DIR` (default `.data`), created on first use. Root leaves it passable: PostgreSQL runs as nobody. */
export function dataDirectory(env = process.env) {
  const directory = resolve(ROOT, env.DATA_DIR || '.data');
  if (!existsSync(directory)) {
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, isRoot() ? 0o711 : 0o700);
  }
  return realpathSync(directory);
}

/** A random value kept in a file that only its owner may read. */
export function secretFile(file, bytes = 32) {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(bytes).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < bytes * 2) throw new Error(`${file} is damaged: restore it, or delete it to have a new one made`);
  return secret;
}

export const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Whether a user other than the owner may reach a path through all its folders; what does not exist yet counts. */
export function reachableByOthers(path) {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
