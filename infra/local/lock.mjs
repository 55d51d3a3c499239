import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive, sleep, startedAt } from './processes.mjs';

const describeSelf = (note) => JSON.stringify({ pid: process.pid, startedAt: startedAt(process.pid), ...note });

/** Who holds a lock file, or null when nobody living does. */
export function lockHolder(file) {
  let holder;
  try {
    holder = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
  return isAlive(holder.pid) && startedAt(holder.pid) === holder.startedAt ? holder : null;
}

/** Takes the lock, or answers who has it. The lock of a dead holder is taken over. */
export function tryLock(file, note) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      place(own, file, describeSelf(note));
      return {
        held: true,
        note: (change) => writeFileSync(file, describeSelf(change)),
        release: () => rmSync(file, { force: true }),
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = lockHolder(file);
    if (holder) return { held: false, holder };
    removeDead(file, own);
  }
  return { held: false, holder: lockHolder(file) };
}

/** A link appears whole or not at all, so nobody reads half a lock. */
function place(own, file, text) {
  writeFileSync(own, text, { mode: 0o600 });
  try {
    linkSync(own, file);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Two processes may find the same dead lock: whoever moves away a living one puts it back. */
function removeDead(file, own) {
  try {
    renameSync(file, own);
    if (lockHolder(own)) linkSync(own, file);
  } catch {
    // the other process was faster
  }
  rmSync(own, { force: true });
}

/** Runs `work` while no other process does the same. */
export async function exclusively(file, work, { seconds = 60 } = {}) {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const lock = tryLock(file);
    if (lock.held) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (performance.now() > end) throw new Error(`process ${lock.holder?.pid} holds ${file} for too long`);
    await sleep(50);
  }
}
