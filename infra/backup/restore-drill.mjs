import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BACKEND_MAIN, ensureBackend } from '../local/build.mjs';
import { freePort } from '../local/processes.mjs';
import { startService, waitForAnswer } from '../local/services.mjs';
import { backUp } from './backup.mjs';
import { schemaLines, sequences, tableSums } from './catalogue.mjs';
import { openInstallation } from './installation.mjs';
import { databaseNamed, withClient } from './postgres-client.mjs';
import { restore } from './restore.mjs';

/**
 * Proves that a backup can be used: makes one of a running database, restores it into a new database beside it, compares
 * every table and the schema with what the backup saw, and starts the API on the result. Deletes what it made. Answers
 * rows `{ check, expected, found, ok }`; `damage` lets a test spoil the restored database before it is compared.
 */
export async function restoreDrill({ databaseUrl, signal, damage, queueSchema = 'bullmq' }) {
  const folder = mkdtempSync(join(tmpdir(), 'glucolens-restore-drill-'));
  const name = `restore_drill_${randomBytes(6).toString('hex')}`;
  const restoredUrl = databaseNamed(databaseUrl, name);
  const rows = [];
  const note = (check, expected, found) => rows.push({ check, expected, found, ok: expected === found });
  try {
    const before = {};
    const look = async (client) => ({
      sums: await tableSums(client),
      schema: await schemaLines(client),
      sequences: await sequences(client),
    });
    const started = performance.now();
    const made = await backUp({
      databaseUrl,
      folder,
      queueSchema,
      inSnapshot: async (client) => Object.assign(before, await look(client)),
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    note(`backup by ${made.method}, ${made.bytes} bytes in ${seconds} s`, 'made', 'made');
    signal?.throwIfAborted();

    await withClient(databaseUrl, (client) => client.query(`CREATE DATABASE ${name}`));
    await restore({ file: made.file, databaseUrl: restoredUrl });
    await damage?.(restoredUrl);
    const after = await withClient(restoredUrl, look);
    for (const table of new Set([...before.sums.keys(), ...after.sums.keys()]))
      note(`table ${table}`, before.sums.get(table) ?? 'no table', after.sums.get(table) ?? 'no table');
    const differences = [
      ...before.schema.filter((line) => !after.schema.includes(line)).map((line) => `missing: ${line}`),
      ...after.schema.filter((line) => !before.schema.includes(line)).map((line) => `new: ${line}`),
    ];
    note(`schema, ${before.schema.length} definitions`, 'the same', differences.join('; ') || 'the same');
    // Sequences know no snapshot: a dump may hold later numbers than its rows.
    for (const { name: sequence, last } of before.sequences) {
      const restored = after.sequences.find((one) => one.name === sequence)?.last;
      const ok = BigInt(restored ?? 0) >= BigInt(last ?? 0);
      rows.push({ check: `numbers of ${sequence}`, expected: `${last} or later`, found: `${restored}`, ok });
    }
    signal?.throwIfAborted();
    note('the API on the restored database', 'ready', await boot(restoredUrl, folder, signal));
  } finally {
    await withClient(databaseUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

/** Role `api` alone: a worker would send again what the copy believes is still to be sent. */
async function boot(databaseUrl, folder, signal) {
  const port = String(await freePort());
  const metrics = String(await freePort());
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATABASE_DIRECT_URL: '',
    REDIS_URL: '',
    PROCESS_ROLE: 'api',
    PORT: port,
    METRICS_PORT: metrics,
    DATA_DIR: folder,
    SECRET_KEY: randomBytes(32).toString('hex'),
    MIGRATE_ON_BOOT: 'false',
    SEED_DEMO: 'false',
    NODE_ENV: '',
  };
  const api = startService({ name: 'API', script: BACKEND_MAIN, env, log: join(folder, 'api.log'), stopSeconds: 30 });
  try {
    await waitForAnswer(api, `http://127.0.0.1:${port}/health/ready`, { seconds: 60, signal });
    return 'ready';
  } catch (error) {
    signal?.throwIfAborted();
    return error.message;
  } finally {
    await api.stop();
  }
}

export function printRows(rows) {
  for (const { check, expected, found, ok } of rows)
    process.stdout.write(
      `${ok ? 'ok    ' : 'FAILED'} ${check.padEnd(34)} ${ok ? found : `expected ${expected}; found ${found}`}\n`,
    );
}

async function main() {
  await ensureBackend();
  const installation = await openInstallation();
  try {
    const rows = await restoreDrill({
      databaseUrl: installation.databaseUrl,
      queueSchema: process.env.QUEUE_SCHEMA || 'bullmq',
    });
    printRows(rows);
    process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    await installation.close();
  }
}

if (existsSync(process.argv[1] ?? '') && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    process.stderr.write(`The restore drill failed. ${error.message}\n`);
    process.exitCode = 1;
  });
}
