import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../../common/clock.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { JobName } from '../queue/jobs.js';
import { JobsService } from '../queue/jobs.service.js';

type RecurringJob = Extract<JobName, 'demo.feed' | 'audit.seal' | 'imports.resume'>;

const FIVE_MINUTES = 5 * 60_000;
const ONE_MINUTE = 60_000;

/**
 * Puts recurring work on its queue and does none of it. The id of a job is its slot of time, so that several schedulers
 * together still ask for it once.
 */
@Injectable()
export class RecurringWork implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobsService,
    private readonly clock: Clock,
    private readonly logger: PinoLogger,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** What was missed while nothing ran is asked for at once. */
  async onApplicationBootstrap(): Promise<void> {
    await this.feedDemo();
    await this.sealAudit();
    await this.resumeImports();
  }

  @Cron(CronExpression.EVERY_5_MINUTES)
  async feedDemo(): Promise<void> {
    if (this.environment.SEED_DEMO) await this.ask('demo.feed', FIVE_MINUTES);
  }

  @Cron(CronExpression.EVERY_MINUTE)
  async resumeImports(): Promise<void> {
    await this.ask('imports.resume', ONE_MINUTE);
  }

  @Cron(CronExpression.EVERY_MINUTE)
  async sealAudit(): Promise<void> {
    await this.ask('audit.seal', ONE_MINUTE);
  }

  /** A queue that cannot be reached is no reason to stop: the next slot asks again. */
  private async ask(name: RecurringJob, everyMs: number): Promise<void> {
    const slot = Math.floor(this.clock.now().getTime() / everyMs);
    try {
      await this.jobs.enqueue(name, {}, String(slot));
    } catch {
      this.logger.warn({ job: name }, 'recurring work could not be queued');
    }
  }
}
