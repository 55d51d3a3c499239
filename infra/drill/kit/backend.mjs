import { join } from 'node:path';
import { BACKEND_MAIN } from '../../local/build.mjs';
import { freePort, isAlive, waitUntil } from '../../local/processes.mjs';
import { startService, waitForAnswer } from '../../local/services.mjs';

const STOP_SECONDS = 40;

/** The whole environment of the drill's processes: what the caller's shell has set must not change a fault. */
export const backendEnvironment = (settings) => ({
  PATH: process.env.PATH,
  TZ: 'UTC',
  NODE_ENV: 'production',
  LOG_LEVEL: 'info',
  MIGRATE_ON_BOOT: 'false',
  SEED_DEMO: 'false',
  RATE_LIMIT_LOGIN_PER_MINUTE: '100000',
  RATE_LIMIT_USER_PER_MINUTE: '10000000',
  RATE_LIMIT_ADDRESS_PER_MINUTE: '10000000',
  DRAIN_DELAY_MS: '0',
  ...settings,
});

/** One process of one role, on ports of its own. */
export async function startBackend({ role, name = role, folder, settings, port = null }) {
  port ??= await freePort();
  const metricsPort = await freePort();
  const service = startService({
    name,
    script: BACKEND_MAIN,
    env: backendEnvironment({
      ...settings,
      PROCESS_ROLE: role,
      API_PORT: String(port),
      METRICS_PORT: String(metricsPort),
      DATA_DIR: join(folder, name),
    }),
    log: join(folder, `${name}.log`),
    stopSeconds: STOP_SECONDS,
  });
  const { child } = service;
  const url = `http://127.0.0.1:${port}`;
  const probe = `${role === 'api' ? url : `http://127.0.0.1:${metricsPort}`}/health/ready`;
  return {
    name,
    role,
    url,
    port,
    isRunning: () => service.running,
    whenReady: ({ seconds = 60 } = {}) => waitForAnswer(service, probe, { seconds }),
    /** Asks it to leave and answers how it did: `exit code 0` when all is well. */
    async terminate() {
      const begun = performance.now();
      child.kill('SIGTERM');
      await waitUntil(() => !service.running, { seconds: STOP_SECONDS, everyMs: 10 });
      if (service.running) child.kill('SIGKILL');
      return { name, how: await service.ended, seconds: (performance.now() - begun) / 1000 };
    },
    async kill() {
      child.kill('SIGKILL');
      await waitUntil(() => !isAlive(child.pid), { seconds: 5, everyMs: 5 });
    },
    stop: service.stop,
  };
}
