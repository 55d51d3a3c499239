import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { exclusively, lockHolder, tryLock } from '../lock.mjs';
import { startedAt } from '../processes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'glucolens-lock-'));
after(() => rmSync(folder, { recursive: true }));

test('a lock is held once and says by whom', () => {
  const file = join(folder, 'held');
  const first = tryLock(file, { state: 'starting' });
  const second = tryLock(file);
  assert.equal(first.held, true);
  assert.deepEqual([second.held, second.holder.pid, second.holder.state], [false, process.pid, 'starting']);
  first.release();
  assert.equal(tryLock(file).held, true);
});

test('the lock of a process that died is taken over', () => {
  const file = join(folder, 'dead');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(file, JSON.stringify({ pid, startedAt: '1' }));
  assert.equal(lockHolder(file), null);
  assert.equal(tryLock(file).held, true);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).pid, process.pid);
});

test('a process that got the same id later does not hold the lock', { skip: startedAt(process.pid) === '' }, () => {
  const file = join(folder, 'reused');
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: '1' }));
  assert.equal(lockHolder(file), null);
});

test('exclusive work does not overlap', async () => {
  const file = join(folder, 'exclusive');
  let inside = 0;
  const work = async () => {
    inside += 1;
    assert.equal(inside, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
  };
  await Promise.all([exclusively(file, work), exclusively(file, work), exclusively(file, work)]);
});
