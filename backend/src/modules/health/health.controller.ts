import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/public.decorator.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { HealthService, type HealthReport, type Readiness } from './health.service.js';

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
    const report = await this.health.report();
    reply.header('x-revision', this.environment.REVISION);
    reply.status(report.status === 'healthy' ? 200 : 503);
    return report;
  }

  /** The process runs. Never asks the database: a database outage is no reason to restart this process. */
  @Get('live')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.health.readiness();
    reply.status(readiness.status === 'unavailable' ? 503 : 200);
    return readiness;
  }

  @Get('startup')
  async startup(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    return this.ready(reply);
  }
}
