import { join } from 'node:path';
import { BACKEND_MAIN, WEB_SERVER } from './build.mjs';
import { backendCommand } from './demo.mjs';
import { freePort } from './processes.mjs';
import { startService, waitForAnswer } from './services.mjs';
import { backendEnvironment, webEnvironment } from './settings.mjs';

/**
 * Backend and web as processes on free ports, on a database that is migrated here. Its data folder is the caller's.
 * @param roles one process for each; the first of them answers HTTP
 * @param redisUrl where the queue lives; in PostgreSQL where it is empty
 */
export async function startStack({
  databaseUrl,
  data,
  seedDemo,
  signal,
  roles = ['all'],
  redisUrl = '',
  withWeb = true,
}) {
  const ports = { api: await freePort(), web: await freePort(), metrics: await freePort() };
  const named = Object.fromEntries(Object.entries(ports).map(([name, value]) => [name, { name, value }]));
  const settings = { ports: named, seedDemo, databaseUrl, dataDirectory: data };
  const plain = {
    ...process.env,
    RATE_LIMIT_LOGIN_PER_MINUTE: '1000',
    // Benches send thousands a second from one account.
    RATE_LIMIT_USER_PER_MINUTE: '10000000',
    RATE_LIMIT_ADDRESS_PER_MINUTE: '10000000',
    REDIS_URL: redisUrl,
    API_URL: '',
    PUBLIC_URL: '',
    SECRET_KEY: '',
    PROCESS_ROLE: '',
  };
  const env = backendEnvironment(settings, databaseUrl, plain);
  await backendCommand(['migrate'], { env, signal });
  if (seedDemo) await backendCommand(['seed-demo'], { env, signal });
  const logs = join(data, 'logs');
  const addresses = { API_URL: `http://127.0.0.1:${ports.api}`, WEB_URL: `http://localhost:${ports.web}` };
  const started = [];
  const start = (url, service) => started.push({ url, service: startService(service) });
  for (const [index, role] of roles.entries()) {
    const metricsPort = index === 0 ? ports.metrics : await freePort();
    start(index === 0 ? `${addresses.API_URL}/health/ready` : `http://127.0.0.1:${metricsPort}/health/ready`, {
      name: roles.length === 1 ? 'backend' : role,
      script: BACKEND_MAIN,
      env: { ...env, PROCESS_ROLE: role, METRICS_PORT: String(metricsPort) },
      log: join(logs, `${roles.length === 1 ? 'backend' : role}.log`),
      stopSeconds: 15,
    });
  }
  if (withWeb) {
    start(`${addresses.WEB_URL}/healthz`, {
      name: 'web',
      script: WEB_SERVER,
      env: webEnvironment(settings, plain),
      log: join(logs, 'web.log'),
      stopSeconds: 5,
    });
  }
  const stop = async () => {
    for (const { service } of started.toReversed()) await service.stop();
  };
  try {
    for (const { service, url } of started) await waitForAnswer(service, url, { seconds: 60, signal });
  } catch (error) {
    await stop();
    throw error;
  }
  const pids = Object.fromEntries(started.map(({ service }) => [service.name, service.child.pid]));
  return { addresses, pids, secretKey: env.SECRET_KEY, stop };
}
