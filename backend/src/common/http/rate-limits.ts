import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { Problem } from '../problem.js';
import { RequestCounter } from './request-counter.js';

/** Callers remembered by one process; the one not seen for longest is forgotten first. */
const CALLERS = 50_000;

const REDIS_ANSWER_MS = 1_000;

/**
 * How many requests a caller has in a minute: one that is signed in by account, any other by network address. Counting
 * never delays a request: who had the share is refused from the next one on. With `REDIS_URL` all processes count
 * together; while Redis is away nobody is counted.
 */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private users: RequestCounter | undefined;
  private addresses: RequestCounter | undefined;
  private redis: Redis | undefined;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  /** Starts counting. Until then nobody is refused. */
  async attach(app: NestFastifyApplication): Promise<void> {
    const { REDIS_URL, QUEUE_SCHEMA, RATE_LIMIT_USER_PER_MINUTE, RATE_LIMIT_ADDRESS_PER_MINUTE } = this.environment;
    this.redis = REDIS_URL ? connect(REDIS_URL) : undefined;
    await app.register(rateLimit, {
      global: false,
      cache: CALLERS,
      skipOnError: true,
      nameSpace: `${QUEUE_SCHEMA}:requests:`,
      ...(this.redis ? { redis: this.redis } : {}),
    });
    const server = app.getHttpAdapter().getInstance();
    this.users = new RequestCounter(server, RATE_LIMIT_USER_PER_MINUTE, userOf);
    this.addresses = new RequestCounter(server, RATE_LIMIT_ADDRESS_PER_MINUTE, addressOf);
  }

  /** Counts a request for the account that makes it. Throws `TOO_MANY_REQUESTS` where that had its share. */
  takeUser(request: FastifyRequest, reply: FastifyReply): void {
    const refusal = refusalBy(this.users, request, reply);
    if (refusal) throw refusal;
    this.users?.count(request);
  }

  /** The answer to an address that had its share of requests without a login, `null` to any other. */
  refusalOfAddress(request: FastifyRequest, reply: FastifyReply): Problem | null {
    return refusalBy(this.addresses, request, reply);
  }

  /** Counts a request that turned out to be nobody's. */
  countAddress(request: FastifyRequest): void {
    this.addresses?.count(request);
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}

const userOf = ({ user }: FastifyRequest): string => `user:${user?.userId ?? ''}`;
const addressOf = ({ ip }: FastifyRequest): string => `address:${normalizeIP(ip)}`;

function refusalBy(counter: RequestCounter | undefined, request: FastifyRequest, reply: FastifyReply): Problem | null {
  const seconds = counter?.waitOf(request) ?? null;
  if (!counter || seconds === null) return null;
  reply.header('ratelimit-limit', counter.perMinute);
  reply.header('ratelimit-remaining', 0);
  reply.header('ratelimit-reset', seconds);
  return new Problem('TOO_MANY_REQUESTS', 'Too many requests. Try again later.', [], seconds);
}

/** Fails at once rather than wait: a request that cannot be counted is served. */
function connect(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: REDIS_ANSWER_MS,
  });
  // The queue's own connection tells of a Redis that is away.
  return redis.on('error', () => undefined);
}
