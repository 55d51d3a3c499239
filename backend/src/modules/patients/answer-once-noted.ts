import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';

declare module 'fastify' {
  interface FastifyRequest {
    /** Settles when the look of this request is written down. */
    lookNoted?: Promise<void>;
  }
}

/** Lets an answer leave only after the look it shows is in the audit log. */
@Injectable()
export class AnswerOnceNoted implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { lookNoted } = context.switchToHttp().getRequest<FastifyRequest>();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await lookNoted;
        return answer;
      }),
    );
  }
}
