import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUser, giveToDatabaseUser } from '../../local/postgres-files.mjs';
import { endProcess, isAlive } from '../../local/processes.mjs';

/**
 * A disk of a few megabytes that belongs to PostgreSQL's user and needs no right to mount: a tmpfs in a namespace of its
 * own, which `/proc/PID/root` shows to everybody of that user. Null where the system allows no such namespace.
 */
export async function openSmallDisk(megabytes) {
  const point = mkdtempSync(join(tmpdir(), 'glucolens-small-disk-'));
  chmodSync(point, 0o755);
  giveToDatabaseUser(point);
  const mount = `mount -t tmpfs -o size=${megabytes}m,mode=700 tmpfs "${point}" && echo mounted && exec sleep 3600`;
  const holder = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', mount], {
    ...databaseUser(),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const mounted = await new Promise((resolve) => {
    holder.stdout.once('data', () => resolve(true));
    holder.once('error', () => resolve(false));
    holder.once('exit', () => resolve(false));
  });
  const path = `/proc/${holder.pid}/root${point}`;
  const filler = join(path, 'filler');
  const asOwner = (script) => execFileSync('sh', ['-c', script], { ...databaseUser(), cwd: '/', stdio: 'pipe' });
  const close = async () => {
    if (holder.pid && isAlive(holder.pid)) await endProcess(holder.pid, { signal: 'SIGKILL', seconds: 5 });
    rmSync(point, { recursive: true, force: true });
  };
  if (!mounted) {
    await close();
    return null;
  }
  asOwner(`mkdir "${path}/data"`);
  return {
    path: join(path, 'data'),
    /** Leaves not one byte. */
    fill: () => asOwner(`cat /dev/zero > "${filler}" 2>/dev/null || true`),
    empty: () => asOwner(`rm "${filler}"`),
    close,
  };
}
