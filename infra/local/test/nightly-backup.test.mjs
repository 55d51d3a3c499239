import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { ROOT } from '../paths.mjs';
import { waitUntil } from '../processes.mjs';

const SCRIPT = join(ROOT, 'infra/k8s/components/backup/nightly.sh');
const made = [];
let folder;
let programs;

const temporary = () => made[made.push(mkdtempSync(join(tmpdir(), 'glucolens-nightly-'))) - 1];
after(() => made.forEach((path) => rmSync(path, { recursive: true, force: true })));

/** No pg_dump as new as the server comes with npm: these take its place, and say how they were called. */
function program(name, lines) {
  writeFileSync(join(programs, name), `#!/bin/sh\necho "$0 $*" >>"${programs}/calls"\n${lines}\n`);
  chmodSync(join(programs, name), 0o755);
}

const writesDump = 'for a in "$@"; do case "$a" in --file=*) echo dump >"${a#--file=}";; esac; done';

beforeEach(() => {
  folder = temporary();
  programs = temporary();
  program('pg_dump', writesDump);
  program('pg_restore', 'exit 0');
});

function nightly(more = {}) {
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    BACKUP_DIR: folder,
    DATABASE_URL: 'postgresql://a:b@db/clinic',
    ...more,
  };
  return spawnSync('sh', [SCRIPT], { env, encoding: 'utf8' });
}

test('it leaves a complete file with a checksum that sha256sum accepts', () => {
  assert.equal(nightly().status, 0);
  const names = readdirSync(folder).sort();
  assert.match(names.join(' '), /^(glucolens-\d{8}T\d{6}Z\.dump) \1\.sha256$/);
  assert.equal(spawnSync('sha256sum', ['-c', names[1]], { cwd: folder }).status, 0);
  const calls = readFileSync(join(programs, 'calls'), 'utf8');
  assert.match(calls, /pg_dump --format=custom .*--exclude-schema=bullmq .*postgresql:\/\/a:b@db\/clinic/);
});

test('past a connection pooler, where one is named', () => {
  nightly({ DATABASE_DIRECT_URL: 'postgresql://a:b@direct/clinic' });
  assert.match(readFileSync(join(programs, 'calls'), 'utf8'), /direct\/clinic/);
});

for (const [what, name, lines] of [
  ['a dump that breaks off', 'pg_dump', `${writesDump}; exit 1`],
  ['a dump that cannot be read', 'pg_restore', 'exit 1'],
]) {
  test(`${what} fails, leaves no file and removes no old one`, () => {
    for (const day of [1, 2, 3, 4, 5]) old(day);
    program(name, lines);
    assert.notEqual(nightly().status, 0);
    assert.equal(readdirSync(folder).filter((entry) => entry.endsWith('.dump')).length, 5);
    assert.equal(
      readdirSync(folder).some((entry) => entry.endsWith('.part')),
      false,
    );
  });
}

function old(day) {
  const name = `glucolens-2026010${day}T011500Z.dump`;
  for (const file of [name, `${name}.sha256`]) {
    writeFileSync(join(folder, file), '');
    utimesSync(join(folder, file), new Date(`2026-01-0${day}`), new Date(`2026-01-0${day}`));
  }
  return name;
}

test('old backups go with their checksums, the last three stay however old', () => {
  const names = [1, 2, 3, 4].map(old);
  assert.equal(nightly().status, 0);
  assert.deepEqual(
    names.map((name) => existsSync(join(folder, name))),
    [false, false, true, true],
  );
  assert.equal(existsSync(join(folder, `${names[0]}.sha256`)), false);
});

/** What the container `backup` runs, without its pauses. */
function loop(script) {
  return spawn('sh', [join(ROOT, 'infra/backup/every-night.sh'), script], {
    env: {
      PATH: `${programs}:${process.env.PATH}`,
      BACKUP_DIR: folder,
      DATABASE_URL: 'postgresql://a:b@db/clinic',
      BACKUP_LOOK_SECONDS: '0.1',
    },
    stdio: 'ignore',
  });
}

test('told to end during a dump, it ends at once with pg_dump, and leaves no part of a file', async () => {
  program('pg_dump', `${writesDump}; echo $$ >"${programs}/pid"; exec sleep 60`);
  const running = loop(SCRIPT);
  const begun = join(programs, 'pid');
  assert.ok(await waitUntil(() => existsSync(begun) && readFileSync(begun, 'utf8').endsWith('\n'), { seconds: 30 }));
  const told = performance.now();
  running.kill('SIGTERM');
  assert.deepEqual(await once(running, 'exit'), [0, null]);
  assert.ok(performance.now() - told < 10_000);
  assert.deepEqual(readdirSync(folder), []);
  assert.throws(() => process.kill(Number(readFileSync(begun, 'utf8')), 0), { code: 'ESRCH' });
});

test('every night: one at once where the newest is a day old, none where it is not, another try after a failure', async () => {
  const complete = () => readdirSync(folder).filter((name) => name.endsWith('.sha256')).length;
  const failing = join(programs, 'failing.sh');
  writeFileSync(failing, `echo x >>"${programs}/failures"; exit 1\n`);
  const tried = () => readFileSync(join(programs, 'failures'), 'utf8').length;

  const unlucky = loop(failing);
  assert.ok(await waitUntil(() => existsSync(join(programs, 'failures')) && tried() >= 4, { seconds: 30 }));
  unlucky.kill('SIGTERM');
  assert.deepEqual(await once(unlucky, 'exit'), [0, null]);

  old(1);
  const lucky = loop(SCRIPT);
  assert.ok(await waitUntil(() => complete() === 2, { seconds: 30 }));
  lucky.kill('SIGTERM');
  assert.deepEqual(await once(lucky, 'exit'), [0, null]);
  const calls = readFileSync(join(programs, 'calls'), 'utf8');
  assert.equal(calls.match(/pg_dump/g).length, 1);
});
