import type { FastifyInstance, FastifyRequest } from 'fastify';

const MINUTE_MS = 60_000;

/** Refused callers that are kept in mind before the expired are looked for. */
const REFUSED = 10_000;

/** Counts requests by some key, a minute at a time, and knows which keys had their share. */
export class RequestCounter {
  private readonly add: ReturnType<FastifyInstance['createRateLimit']>;
  /** When each key that had its share may ask again, in ms of this process's monotonic clock. */
  private readonly refusedUntil = new Map<string, number>();

  /** On a server that has `@fastify/rate-limit`. */
  constructor(
    server: FastifyInstance,
    readonly perMinute: number,
    private readonly keyOf: (request: FastifyRequest) => string,
  ) {
    this.add = server.createRateLimit({ max: perMinute, timeWindow: MINUTE_MS, keyGenerator: keyOf });
  }

  /** Seconds until this caller is served again; `null` where it is served now. */
  waitOf(request: FastifyRequest): number | null {
    if (this.refusedUntil.size === 0) return null;
    const key = this.keyOf(request);
    const until = this.refusedUntil.get(key);
    if (until === undefined) return null;
    const milliseconds = until - performance.now();
    if (milliseconds > 0) return Math.ceil(milliseconds / 1_000);
    this.refusedUntil.delete(key);
    return null;
  }

  /** Does not wait for the count. */
  count(request: FastifyRequest): void {
    void this.add(request).then((result) => {
      if (!result.isAllowed && result.remaining === 0) this.remember(result.key, result.ttl);
    });
  }

  private remember(key: string, milliseconds: number): void {
    const now = performance.now();
    if (this.refusedUntil.size >= REFUSED) {
      for (const [other, until] of this.refusedUntil) if (until <= now) this.refusedUntil.delete(other);
    }
    this.refusedUntil.set(key, now + milliseconds);
  }
}
