import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort, until } from './backend-process.js';

const BUILD = join(__dirname, '../../../infra/local/build.mjs');

export interface WebProcess {
  readonly url: string;
  stop(): Promise<number | null>;
}

/** Builds the pages where they differ from the last build, which takes a minute, and answers their server's script. */
export function builtWeb(): string {
  const script = `import { ensureFrontend, WEB_SERVER } from ${JSON.stringify(BUILD)};
    await ensureFrontend({ to: () => {} });
    process.stdout.write(WEB_SERVER);`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
}

/** The web as a process of its own in front of an API, once it answers. */
export async function startWeb(server: string, api: string): Promise<WebProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(process.execPath, [server], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', HOSTNAME: '127.0.0.1', PORT: String(port), API_URL: api },
    stdio: 'ignore',
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`the web ended with ${child.exitCode}`);
    return (await fetch(`${url}/healthz`).catch(() => null))?.ok === true;
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
