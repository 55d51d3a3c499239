import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { requestId } from './common/logging.module.js';
import type { Environment } from './config/environment.js';

/** 10,000 readings with every field are a little over 2 MB. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

/** Builds the HTTP application, not yet listening. The server, the API description and the tests all start here. */
export async function createApp(environment: Environment): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: requestId,
    trustProxy: environment.TRUST_PROXY === '' ? false : environment.TRUST_PROXY,
    routerOptions: { ignoreTrailingSlash: false },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(environment), adapter, {
    bufferLogs: true,
  });
  app.useLogger(app.get(Logger));
  app.setGlobalPrefix('api/v1', { exclude: ['health', 'health/*path'] });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  adapter.getInstance().addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  if (environment.CORS_ORIGINS.length > 0) app.enableCors({ origin: [...environment.CORS_ORIGINS] });
  app.enableShutdownHooks();
  return app;
}
