import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { Metrics } from '../../common/metrics/metrics.js';
import { Problem } from '../../common/problem.js';
import type { Environment } from '../../config/environment.js';

const MINUTE_MS = 60_000;

/** One clinic may share one address, and so may everybody behind one web server. */
const ACCOUNTS_PER_ADDRESS = 10;

/** Attempts a minute at one account, whether it exists or not, and from one address at all accounts together. */
export const signInLimits = (environment: Environment): ThrottlerModuleOptions => ({
  throttlers: [
    { name: 'account', ttl: MINUTE_MS, limit: environment.RATE_LIMIT_LOGIN_PER_MINUTE, getTracker: accountOf },
    {
      name: 'address',
      ttl: MINUTE_MS,
      limit: environment.RATE_LIMIT_LOGIN_PER_MINUTE * ACCOUNTS_PER_ADDRESS,
      getTracker: (request) => String(request['ip']),
    },
  ],
});

function accountOf(request: Record<string, unknown>): string {
  const { body, user, ip } = request as Pick<FastifyRequest, 'body' | 'user' | 'ip'>;
  if (user) return user.userId;
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return typeof email === 'string' ? email.trim().toLowerCase() : `no account, from ${ip}`;
}

@Injectable()
export class SignInThrottlerGuard extends ThrottlerGuard {
  @Inject(Metrics)
  private readonly metrics!: Metrics;

  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    this.metrics.count('glucolens_sign_ins_total', { outcome: 'throttled' });
    throw new Problem(
      'TOO_MANY_REQUESTS',
      'Too many attempts. Wait a little before the next one.',
      [],
      Math.max(1, detail.timeToBlockExpire || detail.timeToExpire),
    );
  }
}
