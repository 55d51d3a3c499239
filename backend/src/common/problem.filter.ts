import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { isDatabaseUnavailable, isUnstorableValue } from '../database/database-errors.js';
import { UnexpectedErrors } from './errors/unexpected-errors.js';
import { Problem, PROBLEMS, type ProblemCode } from './problem.js';
import { routeOf } from './request-route.js';

const CODE_BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'NOT_FOUND',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'INVALID_INPUT',
  429: 'TOO_MANY_REQUESTS',
  503: 'UNAVAILABLE',
};

const RETRY_AFTER_SECONDS = 5;

/** Answers every error as `application/problem+json`. What is not a known problem is logged here and told to nobody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: PinoLogger,
    private readonly errors: UnexpectedErrors,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = toProblem(error);
    if (problem.code === 'INTERNAL_ERROR') {
      this.logger.error({ err: error }, 'unexpected error');
      this.errors.take('request', error, `${request.method} ${routeOf(request.raw)}`, request.id);
    } else if (isDatabaseUnavailable(error)) {
      // Callers learn that it failed; that a disk is full or a statement too slow concerns who runs this.
      this.logger.warn({ err: error }, 'the database could not answer');
    }
    answerProblem(problem, request, reply);
  }
}

/** Writes a problem as the answer, also where a request got no further than its address. */
export function answerProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const { status, title } = PROBLEMS[problem.code];
  const retryAfter = problem.retryAfterSeconds ?? (status === 503 || status === 429 ? RETRY_AFTER_SECONDS : undefined);
  if (retryAfter !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', String(retryAfter));
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({
      type: `urn:glucolens:problem:${problem.code.toLowerCase().replaceAll('_', '-')}`,
      title,
      status,
      code: problem.code,
      detail: problem.detail,
      requestId: request.id,
      ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
    });
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseUnavailable(error))
    return new Problem('UNAVAILABLE', 'The database cannot answer right now. Try again shortly.');
  if (isUnstorableValue(error)) return new Problem('INVALID_INPUT', 'A value cannot be stored or compared.');
  if (codeOf(error) === 'FST_ERR_HANDLER_TIMEOUT') return new Problem('UNAVAILABLE', 'The answer took too long.');
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  return new Problem(CODE_BY_STATUS[status] ?? 'INTERNAL_ERROR');
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Fastify's own refusals (body too large, bad JSON, unknown media type) carry a status code. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
