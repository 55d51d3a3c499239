import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './application-process.js';

const program = ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0);

/** `describe` where a queue server can be started here. Elsewhere the suite says that it was not run, and why. */
export function describeWithRedis(name: string, body: () => void): void {
  if (program) return describe(name, body);
  describe(name, () => {
    it('was not run: neither valkey-server nor redis-server is installed', () => {
      process.stdout.write(`not run: ${name}: neither valkey-server nor redis-server is installed\n`);
    });
  });
}

export interface OwnRedis {
  readonly url: string;
  kill(): Promise<void>;
  /** Starts it on the same port, empty. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A queue server of a test's own, with nothing kept. */
export async function openOwnRedis(settings: readonly string[] = []): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'glucolens-own-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  let end: () => Promise<void> = async () => undefined;
  const own: OwnRedis = {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end(),
    async start() {
      const child = spawn(program ?? '', [...args, ...settings], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      end = async () => {
        child.kill('SIGKILL');
        await ended;
      };
      await eventually(() => accepts(port));
    },
    async close() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await own.start();
  return own;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.end());
  });
}
