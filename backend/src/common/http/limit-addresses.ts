import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RateLimits } from './rate-limits.js';

const isHealth = (request: FastifyRequest): boolean => request.routeOptions.url?.startsWith('/health') ?? false;

/**
 * Refuses an address that sent too many requests without a login, before anything else is done for it. Whose login is
 * `genuine` at first sight passes: the flood of a neighbour locks out nobody who is signed in. Health is not counted.
 */
export function limitAddresses(
  server: FastifyInstance,
  limits: RateLimits,
  genuine: (authorization: string | undefined) => boolean,
): void {
  server.addHook('onRequest', (request, reply, done) => {
    const refusal = isHealth(request) ? null : limits.refusalOfAddress(request, reply);
    if (refusal === null || genuine(request.headers.authorization)) return done();
    done(refusal);
  });
  server.addHook('onSend', (request, _reply, _payload, done) => {
    if (request.user === undefined && !isHealth(request)) limits.countAddress(request);
    done();
  });
}
