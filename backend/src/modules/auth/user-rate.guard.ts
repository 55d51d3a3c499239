import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../../common/http/rate-limits.js';

/** Stands after the login: an account has so many requests a minute, from wherever they come. */
@Injectable()
export class UserRateGuard implements CanActivate {
  constructor(private readonly limits: RateLimits) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (request.user) this.limits.takeUser(request, http.getResponse<FastifyReply>());
    return true;
  }
}
