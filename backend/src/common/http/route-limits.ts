import { RouteConfig } from '@nestjs/platform-fastify';
import { errorCodes, type FastifyInstance, type onRequestHookHandler } from 'fastify';

const MIB = 1024 * 1024;

/** More than any form or single record needs. */
export const BODY_LIMIT_BYTES = MIB;

/** 10,000 readings with every field are a little over 2 MiB. */
export const BULK_BODY_BYTES = 8 * MIB;

interface Limits {
  /** Of a body that is read into memory; multipart uploads have limits of their own. */
  readonly bodyBytes?: number;
  /** For uploads, exports and event streams, whose end the server does not decide alone. */
  readonly time?: 'unlimited';
}

declare module 'fastify' {
  interface FastifyContextConfig {
    limits?: Limits;
  }
}

/** What one route may take beyond the usual. */
export const RouteLimits = (limits: Limits) => RouteConfig({ limits });

/**
 * Answers 503 where a handler takes longer than `timeoutMs`. The handler goes on; its statements end by their own
 * timeouts. Before any route is added.
 */
export function limitRoutes(server: FastifyInstance, timeoutMs: number): void {
  server.addHook('onRoute', (route) => {
    const { bodyBytes, time } = route.config?.limits ?? {};
    if (bodyBytes !== undefined) route.bodyLimit = bodyBytes;
    if (time !== 'unlimited') route.onRequest = [answerInTime(timeoutMs), ...[route.onRequest ?? []].flat()];
  });
}

/** What Fastify's own `handlerTimeout` does, without a signal that is made and aborted for every request. */
const answerInTime =
  (timeoutMs: number): onRequestHookHandler =>
  (request, reply, done) => {
    const timer = setTimeout(() => {
      if (reply.sent) return;
      const late = new errorCodes.FST_ERR_HANDLER_TIMEOUT(timeoutMs, request.routeOptions.url);
      if (reply.raw.headersSent) reply.raw.destroy(late);
      else reply.send(late);
    }, timeoutMs);
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  };
