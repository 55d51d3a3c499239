import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../local/paths.mjs';
import { installBinaries } from '../../local/postgres-files.mjs';
import { runningServer, startServer, stopServer } from '../../local/postgres-server.mjs';
import { openTemporaryDatabase } from '../../local/postgres.mjs';
import { isAlive, waitUntil } from '../../local/processes.mjs';

const { Client } = createRequire(join(ROOT, 'backend/package.json'))('pg');

/** A PostgreSQL of the drill's own that syncs to disk, and everything that can happen to one. */
export async function openDatabaseServer() {
  const server = await openTemporaryDatabase({ durable: true });
  const { home } = server;
  const all = () => processesOf(runningServer(home)?.pid);
  return {
    ...server,
    port: Number(new URL(server.url).port),
    start: () => startServer(home, installBinaries(home)),
    shutDown: () => stopServer(home),
    /** All its processes at once, as when the machine loses power. */
    async kill() {
      const processes = all();
      signalAll(processes, 'SIGKILL');
      await waitUntil(() => !processes.some(isAlive), { seconds: 10, everyMs: 10 });
    },
    pause: () => signalAll(all(), 'SIGSTOP'),
    resume: () => signalAll(all(), 'SIGCONT'),
  };
}

/** A connection of the drill itself, straight to the server. */
export async function connectTo(url) {
  const client = new Client({ connectionString: url });
  // A server that is killed tells its clients; whoever still uses the connection hears it from the next query.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** One statement on a connection of its own, which therefore works whatever happened to the server before. */
export async function queryOnce(url, statement, values = []) {
  const client = await connectTo(url);
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}

function signalAll(processes, signal) {
  for (const pid of processes) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** PostgreSQL's processes are children of the first and each leads a group of its own. */
function processesOf(parent) {
  if (!parent) return [];
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === parent);
  return [parent, ...children.map(Number)];
}

function parentOf(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[1]);
  } catch {
    return null;
  }
}
