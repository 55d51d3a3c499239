import { Module } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import { destination, type Logger } from 'pino';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { errorFacts } from './error-facts.js';
import { routeOf } from './request-route.js';

const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** A caller may name its request (the web does); anything else gets a fresh id. */
export function requestId(request: IncomingMessage): string {
  const named = request.headers['x-request-id'];
  return typeof named === 'string' && REQUEST_ID.test(named) ? named : randomUUID();
}

const isProbe = (request: IncomingMessage): boolean => routeOf(request).startsWith('/health');

/** Lines are gathered for at most a second: one write for each would cost a sixth of what the API can do. */
const logOutput = () => destination({ dest: 1, sync: false, minLength: 4_096, periodicFlush: 1_000 });

/** Pino would repeat the message of an error that is logged without words; its class is said instead. */
function logMethod(this: Logger, args: unknown[], method: (this: Logger, ...args: unknown[]) => void): void {
  const [first, ...rest] = args;
  const error = first instanceof Error ? first : isRecord(first) ? first['err'] : undefined;
  if (!(error instanceof Error) || rest.length > 0) return method.apply(this, args);
  method.call(this, { ...(isRecord(first) && first !== error ? first : {}), err: error }, errorFacts(error).type);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * One line a request: method, template of the route, status and time; one line a job. No body, query, header, address or
 * message of an error is ever written.
 */
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
          wrapSerializers: false,
          serializers: {
            req: (request: IncomingMessage) => ({ method: request.method, route: routeOf(request) }),
            res: (response: ServerResponse) => ({ status: response.statusCode }),
            err: errorFacts,
          },
          hooks: { logMethod },
          customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
          // The filter has told what went wrong, under the same request id.
          customErrorObject: (_request, _response, _error, { err: _err, ...line }) => line,
          autoLogging: { ignore: isProbe },
        },
      }),
    }),
  ],
})
export class LoggingModule {}
