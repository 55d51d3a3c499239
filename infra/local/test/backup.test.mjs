import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { backUp, prune } from '../../backup/backup.mjs';
import { usablePgDump } from '../../backup/pg-dump.mjs';
import { withClient } from '../../backup/postgres-client.mjs';
import { restoreDrill } from '../../backup/restore-drill.mjs';
import { restore } from '../../backup/restore.mjs';
import { ensureBackend } from '../build.mjs';
import { backendCommand } from '../demo.mjs';
import { openTemporaryDatabase } from '../postgres.mjs';
import { sha256 } from '../paths.mjs';

const SECRET_KEY = 'a key of thirty-two bytes or more for tests';
const NASTY = 'tab\there, newline\nthere, \\., back\\slash, \r, U+2028\u2028 and "quotes"';

let server;
let databaseUrl;
const folder = mkdtempSync(join(tmpdir(), 'glucolens-backup-test-'));

before(async () => {
  await ensureBackend();
  server = await openTemporaryDatabase();
  databaseUrl = await server.create('clinic');
  await backendCommand(['migrate'], { env: { ...process.env, SECRET_KEY, DATABASE_URL: databaseUrl } });
  await withClient(databaseUrl, async (client) => {
    await client.query(`INSERT INTO organisations (id, name) VALUES (gen_random_uuid(), $1)`, [NASTY]);
    await client.query(`INSERT INTO audit_events (at, actor_user_id, patient_ids, action, request_id)
      SELECT now(), gen_random_uuid(), ARRAY[gen_random_uuid()], 'patient.read', 'r' || n FROM generate_series(1, 500) n`);
  });
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const databases = () =>
  withClient(databaseUrl, async (client) =>
    (await client.query('SELECT datname FROM pg_database')).rows.map((row) => row.datname),
  );
const count = (url, table) =>
  withClient(url, async (client) => (await client.query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n);

test('a drill restores every table, starts the API and leaves nothing behind', async () => {
  const rows = await restoreDrill({ databaseUrl });
  assert.deepEqual(
    rows.filter(({ ok }) => !ok),
    [],
  );
  const found = (check) => rows.find((row) => row.check === check)?.found;
  assert.match(found('table audit_events'), /^500 rows/);
  assert.match(found('table organisations'), /^1 rows/);
  assert.equal(found('the API on the restored database'), 'ready');
  assert.deepEqual(
    (await databases()).filter((name) => name.startsWith('restore_drill')),
    [],
  );
});

test('a drill notices one changed value, one lost row and one lost index', async () => {
  const damage = (url) =>
    withClient(url, async (client) => {
      await client.query(`UPDATE organisations SET name = name || '.'`);
      await client.query('ALTER TABLE audit_events DISABLE TRIGGER append_only; DELETE FROM audit_events WHERE id = 7');
      await client.query('ALTER TABLE audit_events ENABLE TRIGGER append_only; DROP INDEX audit_events_patients');
    });
  const failed = (await restoreDrill({ databaseUrl, damage }))
    .filter(({ ok }) => !ok)
    .map(({ check }) => check.split(',')[0]);
  assert.deepEqual(failed.sort(), ['schema', 'table audit_events', 'table organisations']);
});

test('text of every kind comes back as it was, and numbering goes on after the last row', async () => {
  const { file } = await backUp({ databaseUrl, folder });
  const target = await server.create('restored');
  await restore({ file, databaseUrl: target });
  await withClient(target, async (client) => {
    assert.equal((await client.query('SELECT name FROM organisations')).rows[0].name, NASTY);
    const next = await client.query(`INSERT INTO audit_events (at, actor_user_id, patient_ids, action, request_id)
      VALUES (now(), gen_random_uuid(), '{}', 'patient.read', 'next') RETURNING id`);
    assert.equal(next.rows[0].id, '501');
  });
  await assert.rejects(restore({ file, databaseUrl: target }), /not empty/);
});

test('psql restores plain SQL too', async (t) => {
  if (spawnSync('psql', ['--version']).status !== 0) return t.skip('psql is not installed');
  const { file } = await backUp({ databaseUrl, folder, now: new Date('2026-01-01T00:00:00Z') });
  if (!file.endsWith('.sql.gz')) return t.skip('pg_dump made the backup');
  const target = await server.create('by_psql');
  await backendCommand(['migrate'], { env: { ...process.env, SECRET_KEY, DATABASE_URL: target } });
  const input = gunzipSync(readFileSync(file));
  const { status, stderr } = spawnSync('psql', ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', target], { input });
  assert.equal(status, 0, String(stderr));
  assert.equal(await count(target, 'audit_events'), 500);
});

test('a damaged, cut-off or foreign backup is refused and nothing of it stays', async () => {
  const { file } = await backUp({ databaseUrl, folder, now: new Date('2026-01-02T00:00:00Z') });
  const target = await server.create('refused');
  appendFileSync(file, 'x');
  await assert.rejects(restore({ file, databaseUrl: target }), /checksum differs/);
  truncateSync(file, 200);
  writeFileSync(`${file}.sha256`, `${sha256(readFileSync(file))}  name\n`);
  await assert.rejects(restore({ file, databaseUrl: target }));

  const cut = join(folder, 'cut.sql.gz');
  const whole = await backUp({ databaseUrl, folder, now: new Date('2026-01-03T00:00:00Z') });
  if (!whole.file.endsWith('.sql.gz')) return;
  const text = gunzipSync(readFileSync(whole.file)).toString();
  const variants = [
    [text.slice(0, text.indexOf('COPY public."organisations"')), /cut off/],
    [text.slice(0, text.indexOf('\n', text.indexOf('COPY public."audit_events"') + 200)), /cut off within a table/],
    [text.replace('-- migrations: ', '-- migrations: SomethingNewer999 '), /migrations/],
    ['SELECT 1;\n', /not a dump/],
  ];
  for (const [index, [content, message]] of variants.entries()) {
    writeFileSync(cut, gzipSync(content));
    writeFileSync(`${cut}.sha256`, `${sha256(readFileSync(cut))}  cut\n`);
    const url = await server.create(`variant_${index}`);
    await assert.rejects(restore({ file: cut, databaseUrl: url }), message);
    assert.equal(await count(url, 'audit_events'), 0);
  }
});

test('a backup that fails leaves no file that looks like one', async () => {
  const empty = join(folder, 'empty');
  const url = await server.create('never_migrated');
  await assert.rejects(backUp({ databaseUrl: url, folder: empty }));
  if (usablePgDump(18)) return;
  assert.deepEqual(readdirSync(empty), []);
});

test('backups are encrypted for a public key where age is installed', async (t) => {
  if (spawnSync('age', ['--version']).status !== 0) return t.skip('age is not installed');
  const key = join(folder, 'key.txt');
  spawnSync('age-keygen', ['-o', key]);
  const recipient = /public key: (\S+)/.exec(readFileSync(key, 'utf8'))[1];
  const { file } = await backUp({ databaseUrl, folder, recipient, now: new Date('2026-01-04T00:00:00Z') });
  assert.match(file, /\.age$/);
  assert.equal(readFileSync(file).subarray(0, 21).toString(), 'age-encryption.org/v1');
  const target = await server.create('decrypted');
  await restore({ file, databaseUrl: target, identity: key });
  assert.equal(await count(target, 'audit_events'), 500);
  await assert.rejects(backUp({ databaseUrl, folder: join(folder, 'bad'), recipient: 'not a key' }), /age ended with/);
});

test('old backups go after their time, the last three never do, and other files stay', () => {
  const old = join(folder, 'old');
  mkdirSync(old);
  const day = (n) => `glucolens-202601${String(n).padStart(2, '0')}T020000Z.dump`;
  const names = [day(1), day(2), day(3), day(4), day(5)];
  for (const name of [
    ...names,
    ...names.map((n) => `${n}.sha256`),
    'glucolens-20260101T020000Z.dump.part',
    'notes.txt',
  ])
    writeFileSync(join(old, name), '');
  assert.deepEqual(prune(old, 2, new Date('2026-01-05T03:00:00Z')), [
    day(1),
    day(2),
    'glucolens-20260101T020000Z.dump.part',
  ]);
  assert.deepEqual(prune(old, 1, new Date('2027-01-01T00:00:00Z')), []);
  assert.ok(existsSync(join(old, 'notes.txt')));
  assert.equal(existsSync(join(old, `${day(1)}.sha256`)), false);
});
