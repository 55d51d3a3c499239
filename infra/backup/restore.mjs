import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { ensureBackend } from '../local/build.mjs';
import { backendCommand } from '../local/demo.mjs';
import { readCopyDump } from './copy-dump.mjs';
import { endedWell, startPgRestore } from './pg-dump.mjs';
import { withClient } from './postgres-client.mjs';

/**
 * Restores a backup into an empty database, after its checksum was found right. A backup by `pg_dump` brings its schema
 * along; plain SQL gets it from this version's migrations and refuses when they are not the ones it was made at.
 */
export async function restore({ file, databaseUrl, identity = '' }) {
  await verifyChecksum(file);
  await withClient(databaseUrl, refuseUsed);
  const plain = file.replace(/\.age$/, '');
  const byPgDump = plain.endsWith('.dump');
  if (!byPgDump) await migrateNew(databaseUrl);
  const encrypted = file.endsWith('.age');
  const age = encrypted
    ? spawn('age', ['--decrypt', '--identity', identity], { stdio: ['pipe', 'pipe', 'pipe'] })
    : null;
  const opened = age ? [endedWell(age, 'age'), pipeline(createReadStream(file), age.stdin)] : [];
  const content = age ? age.stdout : createReadStream(file);
  const into = byPgDump ? intoPgRestore(content, databaseUrl) : intoMigrated(content, databaseUrl);
  const results = await Promise.allSettled([into, ...opened]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** Nothing is restored over a database in use. */
async function refuseUsed(client) {
  const { rows } = await client.query(`SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'`);
  if (rows[0].tables > 0)
    throw new Error(`the database is not empty: it has ${rows[0].tables} tables. Restore into a new one.`);
}

async function verifyChecksum(file) {
  if (!existsSync(`${file}.sha256`)) throw new Error(`${basename(file)}.sha256 is missing beside the backup`);
  const [wanted] = readFileSync(`${file}.sha256`, 'utf8').split(' ');
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  if (hash.digest('hex') !== wanted) throw new Error(`${basename(file)} is damaged: its checksum differs`);
}

async function intoPgRestore(content, databaseUrl) {
  const child = startPgRestore(databaseUrl);
  const results = await Promise.allSettled([endedWell(child, 'pg_restore'), pipeline(content, child.stdin)]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

function migrateNew(databaseUrl) {
  const key = { SECRET_KEY: process.env.SECRET_KEY || 'no token is made while a backup is restored' };
  const env = { ...process.env, ...key, DATABASE_URL: databaseUrl, DATABASE_DIRECT_URL: '' };
  return backendCommand(['migrate'], { env });
}

async function intoMigrated(content, databaseUrl) {
  const unzipped = createGunzip();
  // Whoever reads it is told; a file that ends too soon may fail before anybody does.
  unzipped.on('error', () => undefined);
  const results = await Promise.allSettled([
    withClient(databaseUrl, (client) => readCopyDump(client, unzipped)).finally(() => unzipped.destroy()),
    pipeline(content, unzipped),
  ]);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { into: { type: 'string' }, identity: { type: 'string' } },
  });
  const databaseUrl = values.into ?? process.env.RESTORE_DATABASE_URL;
  if (positionals.length !== 1 || !databaseUrl)
    throw new Error(
      'usage: node infra/backup/restore.mjs FILE --into postgresql://… (an empty database) [--identity AGE_KEY_FILE]',
    );
  await ensureBackend({ to: (text) => process.stderr.write(`${text}\n`) });
  await restore({ file: resolve(positionals[0]), databaseUrl, identity: values.identity });
  process.stdout.write('Restored. Start the services on it only when the old database is out of use.\n');
}

if (existsSync(process.argv[1] ?? '') && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    process.stderr.write(`Nothing was restored. ${error.message}\n`);
    process.exitCode = 1;
  });
}
