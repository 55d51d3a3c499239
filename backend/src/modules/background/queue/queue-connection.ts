import { createPostgresBackend, setDefaultBackendFactory } from 'bullmq';
import type { Environment } from '../../../config/environment.js';
import { refuseEviction } from './redis-eviction.js';

/** Pool of each queue and worker on PostgreSQL; each also holds one LISTEN connection. */
export const QUEUE_POOL_SIZE = 3;

/** BullMQ on Redis or Valkey where `REDIS_URL` says so, else on PostgreSQL in a schema of its own. */
export async function openQueueConnection(environment: Environment) {
  if (environment.REDIS_URL) {
    const connection = redisConnection(environment.REDIS_URL);
    await refuseEviction(connection);
    setDefaultBackendFactory();
    return { prefix: environment.QUEUE_SCHEMA, connection };
  }
  setDefaultBackendFactory(createPostgresBackend);
  return {
    connection: {
      connectionString: environment.DATABASE_DIRECT_URL ?? environment.DATABASE_URL,
      schema: environment.QUEUE_SCHEMA,
      migrate: true,
      max: QUEUE_POOL_SIZE,
      connectionTimeoutMillis: 5_000,
    },
  };
}

function redisConnection(url: string) {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    db: Number(pathname.slice(1) || 0),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
