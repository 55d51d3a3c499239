import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from './backend-process.js';
import { startChild, untilAnswers } from './child-processes.js';

const BUILD = join(__dirname, '../../../infra/local/build.mjs');
const BUILD_MS = 300_000;

export interface WebProcess {
  readonly url: string;
  stop(): Promise<number | null>;
}

/** Builds the pages where they differ from the last build, which takes a minute, and answers their server's script. */
export function builtWeb(): string {
  const script = `import { ensureFrontend, WEB_SERVER } from ${JSON.stringify(BUILD)};
    await ensureFrontend({ to: () => {}, signal: AbortSignal.timeout(${BUILD_MS}) });
    process.stdout.write(WEB_SERVER);`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    // The signal ends the build's own process first.
    timeout: BUILD_MS + 10_000,
  });
}

/** The web as a process of its own in front of an API, once it answers. */
export async function startWeb(server: string, api: string): Promise<WebProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const web = startChild([server], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', HOSTNAME: '127.0.0.1', PORT: String(port), API_URL: api },
  });
  await untilAnswers('the web', web, `${url}/healthz`);
  return {
    url,
    async stop() {
      web.process.kill('SIGTERM');
      return web.ended;
    },
  };
}
