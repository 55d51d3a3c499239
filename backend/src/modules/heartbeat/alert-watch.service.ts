import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { type AlertTrouble, troublesOf } from '../../domain/alerts/standing.js';
import { type AlertRun, AlertWorkRepository } from './alert-work.repository.js';

const FRESH_MS = 5_000;

/** Tells whoever asks whether alerts are found and sent: probes and Prometheus. */
@Injectable()
export class AlertWatchService implements OnModuleInit {
  private readonly startedAt: Date;
  private known: { at: number; troubles: Promise<AlertTrouble[]> } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly work: AlertWorkRepository,
    private readonly metrics: Metrics,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.startedAt = clock.now();
  }

  onModuleInit(): void {
    this.metrics.beforeReading(async () => {
      // Silent rather than out of date where the database does not answer.
      this.metrics.clear('glucolens_alert_work_age_seconds');
      this.metrics.clear('glucolens_alert_oldest_message_seconds');
      const now = this.clock.now();
      const ages = await this.work.agesAt(now);
      // What never came to an end has been missing since this process began to look.
      const sinceStart = (now.getTime() - this.startedAt.getTime()) / 1000;
      for (const work of this.watched()) {
        this.metrics.set('glucolens_alert_work_age_seconds', { work }, Math.max(0, ages.get(work) ?? sinceStart));
      }
      const { oldestMessageSeconds } = await this.work.workAt(now);
      this.metrics.set('glucolens_alert_oldest_message_seconds', {}, oldestMessageSeconds);
    });
  }

  /** What keeps alerts from being found and sent, looked at every few seconds however often it is asked. */
  async troubles(): Promise<readonly AlertTrouble[]> {
    const at = performance.now();
    if (!this.known || at - this.known.at > FRESH_MS) {
      this.known = { at, troubles: this.work.workAt(this.clock.now()).then(troublesOf) };
    }
    return this.known.troubles;
  }

  private watched(): AlertRun[] {
    return ['evaluation', 'delivery', ...(this.environment.HEARTBEAT_URL ? (['heartbeat'] as const) : [])];
  }
}
