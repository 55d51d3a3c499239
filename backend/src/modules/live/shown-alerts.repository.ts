import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import type { OutboxEvent } from './outbox.js';

/** What one person's stream was sent. */
export interface Shown {
  readonly userId: string;
  readonly event: OutboxEvent;
}

const NOTE = `
  INSERT INTO alert_shown (patient_id, episode_id, user_id, severity, at)
  SELECT s.patient_id, s.episode_id, s.user_id, s.severity, $1
  FROM jsonb_to_recordset($2::jsonb) AS s (patient_id uuid, episode_id uuid, user_id uuid, severity text)
  ON CONFLICT DO NOTHING`;

/** The proof that an open page was told of an alert that sounded. Only that counts as delivered to a page. */
@Injectable()
export class ShownAlertsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Notes what of this were alerts that sounded. */
  async note(sent: readonly Shown[]): Promise<void> {
    const rows = sent.flatMap(({ userId, event: { kind, patient, subject } }) => {
      if (kind !== 'alert' || !('sounds' in subject) || subject.sounds !== true) return [];
      const { alertId, severity } = subject as { readonly alertId?: string; readonly severity?: string };
      return [{ patient_id: patient.id, episode_id: alertId, user_id: userId, severity }];
    });
    if (rows.length > 0) await this.dataSource.query(NOTE, [this.clock.now(), JSON.stringify(rows)]);
  }
}
