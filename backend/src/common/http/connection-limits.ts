import type { FastifyInstance } from 'fastify';

/**
 * Bounds on receiving a request. Node refuses headers a longer time than the whole request. The whole request has
 * minutes, for an export file on a slow line; every other body is cut by `cutSlowBodies`. Idle connections outlive
 * the 60 s of common load balancers, so that the balancer, not the server, closes them.
 */
export const CONNECTION_LIMITS = {
  keepAliveTimeout: 65_000,
  requestTimeout: 300_000,
  http: { headersTimeout: 15_000, requestTimeout: 300_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 16_384 },
} as const;

export const BODY_TIMEOUT_MS = 30_000;

/** Closes the connection of a client whose body, unless it is a file upload, takes longer than this to arrive. */
export function cutSlowBodies(server: FastifyInstance, timeoutMs: number): void {
  server.addHook('onRequest', async ({ raw, headers }) => {
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (!hasBody || headers['content-type']?.startsWith('multipart/')) return;
    const timer = setTimeout(() => raw.destroy(), timeoutMs).unref();
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
  });
}
