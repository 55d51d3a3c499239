import { applyDecorators, type ExecutionContext, Injectable, SetMetadata, UseGuards } from '@nestjs/common';
import { SkipThrottle, Throttle, ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import { Problem } from '../problem.js';

const HOUR_MS = 3_600_000;
const WORDS = 'glucolens:hourly-limit';

@Injectable()
class HourlyLimitGuard extends ThrottlerGuard {
  protected override throwThrottlingException(context: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    const words = this.reflector.get<string>(WORDS, context.getHandler());
    const retryAfterSeconds = Math.max(1, detail.timeToBlockExpire || detail.timeToExpire);
    throw new Problem('TOO_MANY_REQUESTS', words, [], retryAfterSeconds);
  }
}

/**
 * For routes that are counted for each caller and route, whatever the caller's address. The names are those of the
 * throttlers that sign-in sets up.
 */
export const LimitPerHour = (limit: number, words: string) =>
  applyDecorators(
    SetMetadata(WORDS, words),
    UseGuards(HourlyLimitGuard),
    Throttle({ account: { limit, ttl: HOUR_MS } }),
    SkipThrottle({ address: true }),
  );
