import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { RECURRING_JOBS, type RecurringJob } from '../queue/jobs.js';
import { JobsService } from '../queue/jobs.service.js';

const ASK_AGAIN_MS = 60_000;

/**
 * Puts recurring work on its queue and does none of it. The id of a job is its slot of time: however often and by how
 * many schedulers a slot is asked for, it is worked through once, and one that was missed is asked for at the next tick.
 */
@Injectable()
export class RecurringWork implements OnApplicationBootstrap {
  /** What was last asked for, and when: a slot is asked for again each minute, in case the queue forgot. */
  private readonly asked = new Map<RecurringJob, { slot: number; at: number }>();

  constructor(
    private readonly jobs: JobsService,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** What was missed while nothing ran is asked for at once. */
  async onApplicationBootstrap(): Promise<void> {
    await this.askForThisSlot();
  }

  @Cron(CronExpression.EVERY_10_SECONDS)
  async askForThisSlot(): Promise<void> {
    for (const [name, everyMs] of Object.entries(RECURRING_JOBS) as [RecurringJob, number][]) {
      if (name === 'demo.feed' && !this.environment.SEED_DEMO) continue;
      // Of each job anew: where the queue is slow, the slot of the first is over before the last is asked for.
      const now = this.clock.now().getTime();
      const slot = Math.floor(now / everyMs);
      const last = this.asked.get(name);
      if (last?.slot !== slot || now - last.at >= ASK_AGAIN_MS) await this.ask(name, slot, now);
    }
  }

  /** A queue that cannot be reached is no reason to stop: the next tick asks again, also for what the queue may have lost. */
  private async ask(name: RecurringJob, slot: number, now: number): Promise<void> {
    try {
      await this.jobs.enqueue(name, {}, String(slot));
      this.asked.set(name, { slot, at: now });
      this.metrics.set('glucolens_schedule_last_run_timestamp_seconds', { job_name: name }, now / 1_000);
    } catch {
      // Told by the queue's own service. What it was asked for before may be lost too, so all is asked for again.
      this.asked.clear();
    }
  }
}
