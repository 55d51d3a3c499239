import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { Metrics } from '../../common/metrics/metrics.js';

/** After 10, 20, 40 … seconds, and every ten minutes in the end. */
const NOTE = `
  INSERT INTO alert_failures AS f (patient_id, failures, failed_at, retry_at)
  VALUES ($1, 1, $2, $2::timestamptz + interval '10 seconds')
  ON CONFLICT (patient_id) DO UPDATE SET failures = f.failures + 1, failed_at = $2,
    retry_at = $2::timestamptz + least(600, 10 * power(2, least(f.failures, 10))) * interval '1 second'`;

/**
 * One patient who cannot be looked at keeps nobody else from it. The patient stays due: a new reading or the sweep tries
 * again, the sweep less and less often.
 */
@Injectable()
export class EvaluationFailures {
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
    private readonly logger: PinoLogger,
  ) {}

  /** Throws where it cannot be written down: then it is the database that fails, and not this patient. */
  async note(patientId: string, error: unknown, now: Date): Promise<void> {
    await this.dataSource.query(NOTE, [patientId, now]);
    this.metrics.count('glucolens_alert_evaluations_failed_total', {});
    this.logger.error({ patientId, err: error }, 'the alerts of a patient could not be looked at');
  }
}
