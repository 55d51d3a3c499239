import { join } from 'node:path';
import { dataDirectory, secretFile } from './paths.mjs';

/** What the launcher itself reads from the environment; everything else passes through to the services. */
export function readSettings(env = process.env) {
  const faults = [];
  const port = (names, fallback) => {
    const name = names.find((candidate) => env[candidate]);
    const value = Number(name ? env[name] : fallback);
    if (!Number.isInteger(value) || value < 1 || value > 65_535) faults.push(`${name} is not a port: ${env[name]}`);
    return { name: name ?? names.at(-1), value };
  };
  const ports = {
    api: port(['PORT', 'API_PORT'], 8000),
    web: port(['WEB_PORT'], 3000),
    metrics: port(['METRICS_PORT'], 9464),
  };
  const all = Object.values(ports);
  for (const [index, { name, value }] of all.entries()) {
    const other = all.slice(index + 1).find((candidate) => candidate.value === value);
    if (other) faults.push(`${name} and ${other.name} are both ${value}`);
  }
  const seed = env.SEED_DEMO || String(!env.DATABASE_URL);
  if (seed !== 'true' && seed !== 'false') faults.push(`SEED_DEMO is neither true nor false: ${seed}`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return { ports, seedDemo: seed === 'true', databaseUrl: env.DATABASE_URL || null, dataDirectory: dataDirectory(env) };
}

/** The environment of the backend's processes. */
export function backendEnvironment(settings, databaseUrl, env = process.env) {
  const { PORT, ...rest } = env;
  const web = `http://localhost:${settings.ports.web.value}`;
  return {
    ...rest,
    DATABASE_URL: databaseUrl,
    DATA_DIR: settings.dataDirectory,
    API_PORT: String(settings.ports.api.value),
    METRICS_PORT: String(settings.ports.metrics.value),
    PROCESS_ROLE: env.PROCESS_ROLE || 'all',
    // The web of this machine says whom it asks for; attempts to sign in are counted by that address.
    TRUST_PROXY: env.TRUST_PROXY || 'loopback',
    PUBLIC_URL: env.PUBLIC_URL || web,
    SEED_DEMO: String(settings.seedDemo),
    MIGRATE_ON_BOOT: 'false',
    ...secretKey(settings, env),
  };
}

/** The web knows the API's address and no database. */
export function webEnvironment(settings, env = process.env) {
  const { DATABASE_URL, DATABASE_DIRECT_URL, REDIS_URL, ...rest } = env;
  return {
    ...rest,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOSTNAME: '0.0.0.0',
    // Milliseconds: longer than the 60 s of common load balancers.
    KEEP_ALIVE_TIMEOUT: env.KEEP_ALIVE_TIMEOUT || '65000',
    PORT: String(settings.ports.web.value),
    API_URL: env.API_URL || `http://127.0.0.1:${settings.ports.api.value}`,
    PUBLIC_URL: env.PUBLIC_URL || `http://localhost:${settings.ports.web.value}`,
    DATA_DIR: settings.dataDirectory,
    ...secretKey(settings, env),
  };
}

/** In production a missing key is a mistake that the backend reports; elsewhere one is made and kept. */
function secretKey(settings, env) {
  if (env.SECRET_KEY) return { SECRET_KEY: env.SECRET_KEY };
  return env.NODE_ENV === 'production' ? {} : { SECRET_KEY: secretFile(join(settings.dataDirectory, 'secret.key')) };
}
