import { join } from 'node:path';
import { BACKEND_MAIN, WEB_SERVER } from './build.mjs';
import { backendCommand } from './demo.mjs';
import { freePort } from './processes.mjs';
import { startService, waitForAnswer } from './services.mjs';
import { backendEnvironment, webEnvironment } from './settings.mjs';

/** Backend and web as processes on free ports, on a database that is migrated here. Its data folder is the caller's. */
export async function startStack({ databaseUrl, data, seedDemo, signal }) {
  const ports = { api: await freePort(), web: await freePort(), metrics: await freePort() };
  const named = Object.fromEntries(Object.entries(ports).map(([name, value]) => [name, { name, value }]));
  const settings = { ports: named, seedDemo, databaseUrl, dataDirectory: data };
  const plain = {
    ...process.env,
    RATE_LIMIT_LOGIN_PER_MINUTE: '1000',
    // Benches send thousands a second from one account.
    RATE_LIMIT_USER_PER_MINUTE: '10000000',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '10000000',
    REDIS_URL: '',
    API_URL: '',
    PUBLIC_URL: '',
    SECRET_KEY: '',
    PROCESS_ROLE: '',
  };
  const env = backendEnvironment(settings, databaseUrl, plain);
  await backendCommand(['migrate'], { env, signal });
  if (seedDemo) await backendCommand(['seed-demo'], { env, signal });
  const logs = join(data, 'logs');
  const backend = startService({
    name: 'backend',
    script: BACKEND_MAIN,
    env,
    log: join(logs, 'backend.log'),
    stopSeconds: 15,
  });
  const webEnv = webEnvironment(settings, plain);
  const web = startService({
    name: 'web',
    script: WEB_SERVER,
    env: webEnv,
    log: join(logs, 'web.log'),
    stopSeconds: 5,
  });
  const addresses = { API_URL: `http://127.0.0.1:${ports.api}`, WEB_URL: `http://localhost:${ports.web}` };
  const stop = async () => {
    await web.stop();
    await backend.stop();
  };
  try {
    await waitForAnswer(backend, `${addresses.API_URL}/health/ready`, { seconds: 60, signal });
    await waitForAnswer(web, `${addresses.WEB_URL}/healthz`, { seconds: 60, signal });
  } catch (error) {
    await stop();
    throw error;
  }
  return { addresses, secretKey: env.SECRET_KEY, stop };
}
