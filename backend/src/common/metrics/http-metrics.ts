import type { FastifyInstance } from 'fastify';
import { routeOf } from '../request-route.js';
import type { Metrics } from './metrics.js';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Lasts as long as a page is open, and is counted apart. */
const ENDLESS = '/api/v1/live';

/** Measures every request by its route template, its method and the class of its status. */
export function measureRequests(server: FastifyInstance, metrics: Metrics): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (routeOf(request.raw) === ENDLESS) return done();
    metrics.shift('http_requests_in_flight', {}, 1);
    // `onResponse` is not called where the caller leaves before the answer.
    reply.raw.once('close', () => {
      metrics.shift('http_requests_in_flight', {}, -1);
      const labels = {
        method: METHODS.has(request.method) ? request.method : 'other',
        route: routeOf(request.raw),
        status: reply.raw.writableFinished ? `${Math.floor(reply.raw.statusCode / 100)}xx` : 'aborted',
      };
      metrics.observe('http_request_duration_seconds', labels, reply.elapsedTime / 1_000);
    });
    done();
  });
}
