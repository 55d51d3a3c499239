import { applyDecorators, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import { SkipThrottle, Throttle, ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import { Problem } from '../problem.js';

const HOUR_MS = 3_600_000;

/** A clinic that enrols people by hand stays below; who tries out a list of addresses does not get far. */
const LOOKUPS_PER_HOUR = 60;

@Injectable()
class AccountLookupGuard extends ThrottlerGuard {
  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    const retryAfterSeconds = Math.max(1, detail.timeToBlockExpire || detail.timeToExpire);
    throw new Problem('TOO_MANY_REQUESTS', 'Too many accounts were looked up. Try again later.', [], retryAfterSeconds);
  }
}

/**
 * For routes whose answer tells whether an e-mail address has an account: counted for each caller and route, whatever
 * the caller's address. The names are those of the throttlers that sign-in sets up.
 */
export const LimitAccountLookups = () =>
  applyDecorators(
    UseGuards(AccountLookupGuard),
    Throttle({ account: { limit: LOOKUPS_PER_HOUR, ttl: HOUR_MS } }),
    SkipThrottle({ address: true }),
  );
