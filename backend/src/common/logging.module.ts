import { Module } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import { destination, type Logger } from 'pino';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { errorFacts } from './errors/error-facts.js';
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
  const [first, ...words] = args;
  const fields = first instanceof Error ? { err: first } : first;
  const error = typeof fields === 'object' && fields !== null && 'err' in fields ? fields.err : null;
  const message = words.length === 0 && error instanceof Error ? [errorFacts(error).type] : words;
  method.call(this, fields, ...message);
}

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
