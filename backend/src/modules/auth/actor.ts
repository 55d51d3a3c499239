import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../common/problem.js';

/** Who is asking, as the access token says. */
export interface Actor {
  readonly userId: string;
  readonly isPlatformAdmin: boolean;
  /** The family of refresh tokens that this access token belongs to. */
  readonly sessionId: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    user?: Actor;
  }
}

/** The caller of a route that needs a login. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.user) throw new Problem('UNAUTHENTICATED');
  return request.user;
}

/** The caller, as a parameter of a controller method. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) =>
  actorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
