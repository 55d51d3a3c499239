import { Module } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import { destination } from 'pino';
import { ENVIRONMENT, type Environment } from '../config/environment.js';

const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** A caller may name its request (the web does); anything else gets a fresh id. */
export function requestId(request: IncomingMessage): string {
  const named = request.headers['x-request-id'];
  return typeof named === 'string' && REQUEST_ID.test(named) ? named : randomUUID();
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The path of a request without whose it is: ids give way to their kind, and the query is left out. */
export const pathTemplate = (url: string): string =>
  (url.split('?', 1)[0] ?? '').replaceAll(UUID, '{id}').replace(/(\/records\/[^/]+)\/.+/, '$1/{clientId}');

/** Nest's middleware shortens `url`; the whole is in `originalUrl`. */
const isProbe = (request: IncomingMessage & { originalUrl?: string }): boolean =>
  (request.originalUrl ?? request.url ?? '').startsWith('/health');

/** Lines are gathered for at most a second: one write for each would cost a sixth of what the API can do. */
const logOutput = () => destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 1_000 });

/** One line a request: method, route path without its query, status and time. No body, header or address is ever written. */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => ({
        pinoHttp: {
          stream: logOutput(),
          level: environment.LOG_LEVEL,
          base: { service: 'glucolens', role: environment.PROCESS_ROLE },
          quietReqLogger: true,
          customAttributeKeys: { reqId: 'requestId', responseTime: 'milliseconds' },
          serializers: {
            req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
              id,
              method,
              path: pathTemplate(url),
            }),
            res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
          },
          autoLogging: { ignore: isProbe },
        },
      }),
    }),
  ],
})
export class LoggingModule {}
