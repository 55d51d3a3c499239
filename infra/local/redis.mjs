import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, freePort, waitUntil } from './processes.mjs';

const PROGRAMS = ['valkey-server', 'redis-server'];

/** A queue server of its own for one run, with nothing kept; null where no Redis or Valkey is installed. */
export async function openTemporaryRedis({ port: wanted } = {}) {
  const program = PROGRAMS.find((name) => spawnSync(name, ['--version']).status === 0);
  if (!program) return null;
  const folder = mkdtempSync(join(tmpdir(), 'glucolens-redis-'));
  const port = wanted ?? (await freePort());
  const keepNothing = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...keepNothing];
  const child = spawn(program, args, { stdio: 'ignore' });
  if (!(await waitUntil(() => accepts(port), { seconds: 10 }))) throw new Error(`${program} did not start`);
  return {
    program,
    url: `redis://127.0.0.1:${port}`,
    port,
    async stop({ signal = 'SIGTERM' } = {}) {
      await endProcess(child.pid, { signal, seconds: 5 });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
}
