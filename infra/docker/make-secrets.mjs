/**
 * `node make-secrets.mjs FOLDER`: writes the secrets of an installation where its containers read them. Given values
 * (SECRET_KEY, DATABASE_PASSWORD) win; missing ones are made once and kept where GENERATE_SECRETS=true, else they are a
 * mistake. SMTP_URL cannot be made up. Every user of a container that has the folder may read it, since each image has
 * a user of its own.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
const { GENERATE_SECRETS, SECRET_KEY, DATABASE_PASSWORD, SMTP_URL } = process.env;

function secret(name, given) {
  const file = join(folder, name);
  if (given) return keep(file, given);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  if (GENERATE_SECRETS !== 'true') throw new Error(`${name.toUpperCase()} is not set`);
  return keep(file, randomBytes(32).toString('hex'));
}

function keep(file, value) {
  writeFileSync(`${file}.new`, value, { mode: 0o444 });
  renameSync(`${file}.new`, file);
  return value;
}

secret('secret_key', SECRET_KEY);
const password = encodeURIComponent(secret('database_password', DATABASE_PASSWORD));
keep(join(folder, 'database_url'), `postgres://glucolens:${password}@postgres:5432/glucolens`);
if (!SMTP_URL) throw new Error('SMTP_URL is not set');
keep(join(folder, 'smtp_url'), SMTP_URL);
