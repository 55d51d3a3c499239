import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { SideServer } from '../../common/side-server/side-server.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { HeartbeatModule } from '../heartbeat/heartbeat.module.js';
import { HealthChecks } from './health-checks.js';
import { HealthController } from './health.controller.js';
import { HealthWatch } from './health-watch.js';
import { type Answer, HealthService } from './health.service.js';

/** Served by the API, and in every role on the side server: a worker has no other. */
@Module({
  imports: [HeartbeatModule, TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [HealthChecks, HealthService, HealthWatch],
  exports: [HealthChecks],
})
export class HealthModule implements OnModuleInit {
  constructor(
    private readonly health: HealthService,
    private readonly sideServer: SideServer,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onModuleInit(): void {
    this.serve('/health', () => this.health.report());
    this.serve('/health/alerts', () => this.health.alerts());
    this.serve('/health/live', () => this.health.live());
    this.serve('/health/ready', () => this.health.readiness());
    this.serve('/health/startup', () => this.health.startup());
  }

  private serve(path: string, ask: () => Answer<unknown> | Promise<Answer<unknown>>): void {
    this.sideServer.serve(path, async () => {
      const { healthy, body } = await ask();
      return {
        status: healthy ? 200 : 503,
        type: 'application/json; charset=utf-8',
        headers: { 'x-revision': this.environment.REVISION },
        body: JSON.stringify(body),
      };
    });
  }
}
