import { Logger } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';

/** The queue server is set up in a way that loses work. The message says what to set. */
export class QueueServerRefused extends Error {
  override readonly name = 'QueueServerRefused';
}

const logger = new Logger('Queue');

/** How often, and at what distance, the start asks a server that does not answer. */
const ATTEMPTS = 5;
const PAUSE_MS = 500;

/**
 * Refuses a Redis or Valkey that throws keys away when its memory is full: those would be jobs. A server that does not
 * say, or cannot be reached yet, is let through with a warning.
 */
export async function refuseEviction(connection: RedisOptions): Promise<void> {
  const policy = await readPolicy(connection);
  if (policy === 'noeviction') return;
  if (policy === null) {
    logger.warn('the maxmemory-policy of the queue server could not be read: it has to be noeviction');
    return;
  }
  throw new QueueServerRefused(
    `The queue server at REDIS_URL has maxmemory-policy ${policy} and would throw jobs away when its memory is full. ` +
      'Set maxmemory-policy to noeviction.',
  );
}

async function readPolicy(connection: RedisOptions): Promise<string | null> {
  const redis = new Redis({
    ...connection,
    lazyConnect: true,
    enableReadyCheck: false,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    maxRetriesPerRequest: ATTEMPTS,
    retryStrategy: (times) => (times < ATTEMPTS ? PAUSE_MS : null),
  });
  redis.on('error', () => undefined);
  try {
    return (await configuredPolicy(redis)) ?? (await reportedPolicy(redis));
  } finally {
    redis.disconnect();
  }
}

/** Hosted servers often forbid `CONFIG`. */
async function configuredPolicy(redis: Redis): Promise<string | null> {
  try {
    const answer: unknown = await redis.config('GET', 'maxmemory-policy');
    return Array.isArray(answer) && typeof answer[1] === 'string' ? answer[1] : null;
  } catch {
    return null;
  }
}

async function reportedPolicy(redis: Redis): Promise<string | null> {
  try {
    return /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1] ?? null;
  } catch {
    return null;
  }
}
