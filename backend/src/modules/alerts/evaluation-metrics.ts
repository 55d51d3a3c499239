import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Metrics } from '../../common/metrics/metrics.js';
import type { RuleCode } from '../../domain/alerts/settings.js';
import type { Severity } from '../../domain/alerts/severity.js';
import type { WrittenDecision } from './episodes.repository.js';

/** What one evaluation did. */
export interface Evaluated {
  /** When the oldest reading it looked at came in; `null` where only time had passed. */
  readonly receivedAt: Date | null;
  readonly opened: readonly { readonly rule: RuleCode; readonly severity: Severity }[];
  readonly decided: readonly WrittenDecision['decision'][];
}

const OLDEST_DUE = `
  SELECT extract(epoch FROM $1 - least(
    (SELECT min(due_at) FROM patient_ingest WHERE due_at IS NOT NULL),
    (SELECT min(next_at) FROM alert_state WHERE next_at <= $1)))::float8 AS seconds`;

/** Tells how soon alerts are looked at, and what comes of it. */
@Injectable()
export class EvaluationMetrics implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.beforeReading(async () => {
      // Silent rather than out of date where the database does not answer.
      this.metrics.clear('glucolens_alert_oldest_due_seconds');
      const [row] = await this.dataSource.query<{ seconds: number | null }[]>(OLDEST_DUE, [this.clock.now()]);
      this.metrics.set('glucolens_alert_oldest_due_seconds', {}, Math.max(0, row?.seconds ?? 0));
    });
  }

  /** To be told once it is committed. */
  count({ receivedAt, opened, decided }: Evaluated): void {
    for (const { rule, severity } of opened) this.metrics.count('glucolens_alerts_opened_total', { rule, severity });
    for (const decision of decided) this.metrics.count('glucolens_alerts_decided_total', { decision });
    if (receivedAt === null) return;
    const seconds = (this.clock.now().getTime() - receivedAt.getTime()) / 1000;
    this.metrics.observe('glucolens_alert_lag_seconds', {}, Math.max(0, seconds));
  }
}
