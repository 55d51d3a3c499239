import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface OwnPostgres {
  readonly url: string;
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it had stored. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A migrated PostgreSQL server of a test's own, which it may kill. */
export async function openOwnPostgres(): Promise<OwnPostgres> {
  const child = spawn(process.execPath, [join(__dirname, 'own-postgres-server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the server process has ended');
    return value;
  };
  const tell = async (command: string) => {
    child.stdin.write(`${command}\n`);
    await nextLine();
  };
  const url = await nextLine();
  return {
    url,
    kill: () => tell('kill'),
    start: () => tell('start'),
    async close() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
