import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/public.decorator.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import {
  type AlertsReport,
  type Answer,
  type HealthReport,
  HealthService,
  type LivenessReport,
  type Readiness,
} from './health.service.js';

/** What probes and load balancers ask, outside the API and without a login. */
@ApiExcludeController()
@Public()
@Controller({ path: 'health' })
export class HealthController {
  constructor(
    private readonly health: HealthService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @Get()
  async summary(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    reply.header('x-revision', this.environment.REVISION);
    return send(reply, await this.health.report());
  }

  @Get('alerts')
  async alerts(@Res({ passthrough: true }) reply: FastifyReply): Promise<AlertsReport> {
    return send(reply, await this.health.alerts());
  }

  @Get('live')
  live(@Res({ passthrough: true }) reply: FastifyReply): LivenessReport {
    return send(reply, this.health.live());
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    return send(reply, await this.health.readiness());
  }

  @Get('startup')
  async startup(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    return send(reply, await this.health.startup());
  }
}

function send<Body>(reply: FastifyReply, { healthy, body }: Answer<Body>): Body {
  reply.status(healthy ? 200 : 503);
  return body;
}
