import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { openInstallation } from './installation.mjs';
import { writeCopyDump } from './copy-dump.mjs';
import { endedWell, startPgDump, usablePgDump } from './pg-dump.mjs';
import { withClient } from './postgres-client.mjs';

const OURS = /^glucolens-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.(dump|sql\.gz)(\.age)?$/;
const DAY_MS = 86_400_000;

/** However old, this many are never removed: a backup that stopped working must not clear what there was. */
const NEVER_FEWER_THAN = 3;

/**
 * Writes one backup into a folder: by `pg_dump -Fc` where one as new as the server is found, else as plain SQL of the
 * data. The queue is left out: its jobs are made again from the data, and old ones must not run twice. The file gets its
 * name only when it is complete. `inSnapshot` sees the database exactly as the backup does.
 */
export async function backUp({
  databaseUrl,
  folder,
  now = new Date(),
  recipient = '',
  queueSchema = 'bullmq',
  inSnapshot,
}) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return withClient(databaseUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query(
      `SELECT pg_export_snapshot() AS snapshot, current_setting('server_version_num')::int / 10000 AS major`,
    );
    await inSnapshot?.(client);
    const pgDump = usablePgDump(rows[0].major);
    const extension = `${pgDump ? 'dump' : 'sql.gz'}${recipient ? '.age' : ''}`;
    const file = join(folder, `glucolens-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.${extension}`);
    const part = `${file}.part`;
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const sink = createWriteStream(part, { mode: 0o600 });
    try {
      if (pgDump) {
        const child = startPgDump(pgDump, { databaseUrl, snapshot: rows[0].snapshot, queueSchema });
        const flow = recipient
          ? throughAge(child.stdout, recipient, hashing, sink)
          : pipeline(child.stdout, hashing, sink);
        await allOrNone([flow, endedWell(child, 'pg_dump')]);
      } else {
        const dump = Readable.from(writeCopyDump(client), { objectMode: false });
        const zipped = createGzip();
        if (recipient) await allOrNone([pipeline(dump, zipped), throughAge(zipped, recipient, hashing, sink)]);
        else await pipeline(dump, zipped, hashing, sink);
      }
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
    renameSync(part, file);
    writeFileSync(`${file}.sha256`, `${hash.digest('hex')}  ${basename(file)}\n`, { mode: 0o600 });
    return {
      file,
      bytes: statSync(file).size,
      method: pgDump ? 'pg_dump -Fc' : 'plain SQL (no pg_dump as new as the server)',
    };
  });
}

/** Removes what is older than `keepDays`, and what an interrupted backup left. Answers the names removed. */
export function prune(folder, keepDays, now = new Date()) {
  const names = readdirSync(folder).sort();
  const backups = names.filter((name) => OURS.test(name));
  const old = backups.slice(0, -NEVER_FEWER_THAN).filter((name) => now - takenAt(name) > keepDays * DAY_MS);
  const broken = names.filter(
    (name) => name.endsWith('.part') && OURS.test(name.slice(0, -5)) && now - takenAt(name.slice(0, -5)) > DAY_MS,
  );
  for (const name of [...old, ...old.map((removed) => `${removed}.sha256`), ...broken])
    rmSync(join(folder, name), { force: true });
  return [...old, ...broken];
}

function takenAt(name) {
  const [, year, month, day, hour, minute, second] = OURS.exec(name);
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** age encrypts to a public key: the machine that makes backups cannot read them. */
async function throughAge(source, recipient, ...rest) {
  const age = spawn('age', ['--recipient', recipient], { stdio: ['pipe', 'pipe', 'pipe'] });
  await allOrNone([endedWell(age, 'age'), pipeline(source, age.stdin), pipeline(age.stdout, ...rest)]);
}

/** Waits for all, so that nothing is left running, then tells what failed first. */
async function allOrNone(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
  if (failed.length > 0)
    throw failed.find(({ code }) => code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') ?? failed[0];
}

async function main() {
  const { values } = parseArgs({
    options: { to: { type: 'string' }, 'keep-days': { type: 'string', default: process.env.BACKUP_KEEP_DAYS || '14' } },
  });
  const keepDays = Number(values['keep-days']);
  if (!Number.isInteger(keepDays) || keepDays < 1) throw new Error('--keep-days is a number of days, 1 or more');
  const installation = await openInstallation();
  try {
    const folder = resolve(values.to ?? process.env.BACKUP_DIR ?? join(installation.dataDirectory, 'backups'));
    const recipient = process.env.BACKUP_AGE_RECIPIENT ?? '';
    const queueSchema = process.env.QUEUE_SCHEMA || 'bullmq';
    const made = await backUp({ databaseUrl: installation.databaseUrl, folder, recipient, queueSchema });
    process.stdout.write(
      `${JSON.stringify({ ...made, encrypted: recipient !== '', removed: prune(folder, keepDays) })}\n`,
    );
  } finally {
    await installation.close();
  }
}

if (existsSync(process.argv[1] ?? '') && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    process.stderr.write(`The backup failed. ${error.message}\n`);
    process.exitCode = 1;
  });
}
