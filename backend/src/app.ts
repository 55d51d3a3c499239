import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { serveApiDescription } from './api-description.js';
import { AppModule } from './app.module.js';
import { BODY_TIMEOUT_MS, CONNECTION_LIMITS, cutSlowBodies } from './common/http/connection-limits.js';
import { allowOrigins } from './common/http/cors.js';
import { sendLargeAnswersAsBytes } from './common/http/large-answers.js';
import { limitAddresses } from './common/http/limit-addresses.js';
import { RateLimits } from './common/http/rate-limits.js';
import { BODY_LIMIT_BYTES, limitRoutes } from './common/http/route-limits.js';
import { secureHeaders } from './common/http/secure-headers.js';
import { Drain } from './common/lifecycle/drain.js';
import { drainConnections } from './common/lifecycle/http-drain.js';
import { requestId } from './common/logging.module.js';
import { measureRequests } from './common/metrics/http-metrics.js';
import { Metrics } from './common/metrics/metrics.js';
import { answerProblem, toProblem } from './common/problem.filter.js';
import { noteRoutes } from './common/request-route.js';
import type { Environment } from './config/environment.js';
import { TokenSignatures } from './modules/auth/token-signatures.js';
import { serveQueueBoard } from './modules/background/queue/queue-board.js';

const DOCS_PATH = '/api/docs';

/** A number counts proxies from here; anything else names their addresses. */
function trustedProxies(setting: string): string | false | ((address: string, hop: number) => boolean) {
  if (!/^\d+$/.test(setting)) return setting !== '' && setting;
  return (_address, hop) => hop < Number(setting);
}

/** The application's modules and routes, not yet started. With `preview` they can be described but not run. */
export async function buildApp(
  environment: Environment,
  options: { preview?: boolean } = {},
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...CONNECTION_LIMITS,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: requestId,
    // What still arrives on an open connection while the process leaves is answered.
    return503OnClosing: false,
    trustProxy: trustedProxies(environment.TRUST_PROXY),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerProblem(toProblem(error), request, reply),
  });
  noteRoutes(adapter.getInstance());
  limitRoutes(adapter.getInstance(), environment.REQUEST_TIMEOUT_SECONDS * 1_000);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(environment), adapter, {
    bufferLogs: true,
    abortOnError: false,
    preview: options.preview ?? false,
  });
  app.setGlobalPrefix('api/v1', { exclude: ['health', 'health/*path'] });
  return app;
}

/** The HTTP application as it is served, not yet listening. The server and the tests both start here. */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  const app = await buildApp(environment);
  app.useLogger(app.get(Logger));
  const server = app.getHttpAdapter().getInstance();
  secureHeaders(server);
  await app.register(multipart);
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    // The viewer brings its own scripts and styles, from here alone.
    if (request.url.startsWith(DOCS_PATH)) {
      reply.header(
        'content-security-policy',
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
      );
    }
  });
  await app.get(RateLimits).attach(app);
  sendLargeAnswersAsBytes(server);
  drainConnections(server, app.get(Drain));
  measureRequests(server, app.get(Metrics));
  serveApiDescription(app);
  serveQueueBoard(app);
  cutSlowBodies(server, BODY_TIMEOUT_MS);
  allowOrigins(app, environment.CORS_ORIGINS);
  const signatures = app.get(TokenSignatures);
  limitAddresses(server, app.get(RateLimits), (authorization) => signatures.isOurs(authorization));
  return app;
}
