import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { DEFAULT_ALERT_SETTINGS, type RuleCode } from '../../src/domain/alerts/settings.js';
import type { Severity } from '../../src/domain/alerts/severity.js';

interface AlertFields {
  readonly rule?: RuleCode;
  readonly severity?: Severity;
  readonly openedAt?: Date;
  readonly closedAt?: Date | null;
}

/** A stored alert that opened ten minutes ago and is open, unless told otherwise. A rule's open alert gives way to it. */
export async function newAlert(
  dataSource: DataSource,
  patientId: string,
  fields: AlertFields = {},
): Promise<{ id: string }> {
  const id = randomUUID();
  const { rule = 'low', severity = 'warning', openedAt = new Date(Date.now() - 600_000), closedAt = null } = fields;
  const settings = DEFAULT_ALERT_SETTINGS[rule];
  const evidence = { samples: [[openedAt.getTime() / 1000, 650, 0]], mgdlPerMinute: -1.5, expectedMgdl: 50, settings };
  if (closedAt === null) {
    await dataSource.query(
      `UPDATE alert_episodes SET closed_at = last_at, closed_by = 'recovered'
       WHERE patient_id = $1 AND rule = $2 AND closed_at IS NULL`,
      [patientId, rule],
    );
  }
  await dataSource.query(
    `INSERT INTO alert_episodes (patient_id, id, rule, severity, onset_at, opened_at, last_at, closed_at, closed_by,
       suspected_compression, evidence, detected_at, updated_at)
     VALUES ($1, $2, $3, $4, $5::timestamptz, $5, coalesce($6::timestamptz, $5), $6, $7, false, $8, $5, $5)`,
    [patientId, id, rule, severity, openedAt, closedAt, closedAt && 'recovered', JSON.stringify(evidence)],
  );
  return { id };
}
