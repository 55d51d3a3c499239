import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { GlucoseUnit } from '../../domain/glycemia/units.js';
import type { SettingsRow } from './settings-rows.js';
import type { ChosenSettings } from './settings-wire.js';

/** Whose settings: a patient's, or the defaults of an organisation. */
export type SettingsOwner =
  | { readonly patientId: string; readonly organisationId: string | null }
  | { readonly patientId?: undefined; readonly organisationId: string };

/** A choice with who made it. */
export interface ChosenRow extends SettingsRow {
  readonly userId: string;
  readonly displayName: string;
}

const TABLES = {
  patient: { choices: 'alert_settings', owner: 'patient_id', owners: 'patients' },
  organisation: { choices: 'organisation_alert_settings', owner: 'organisation_id', owners: 'organisations' },
} as const;
type Kind = keyof typeof TABLES;

const history = (kind: Kind): string => `
  SELECT extract(epoch FROM s.effective_from)::float8 AS "from", s.override, s.schedules, s.changed_by AS "userId",
    u.display_name AS "displayName"
  FROM ${TABLES[kind].choices} s JOIN users u ON u.id = s.changed_by
  WHERE s.${TABLES[kind].owner} = $1 ORDER BY s.effective_from DESC LIMIT 100`;

const lock = (kind: Kind): string => `SELECT id FROM ${TABLES[kind].owners} WHERE id = $1 FOR NO KEY UPDATE`;

/** Of two choices at the same moment, the later one counts from a millisecond on. */
const append = (kind: Kind): string => `
  INSERT INTO ${TABLES[kind].choices} (${TABLES[kind].owner}, effective_from, override, schedules, changed_by)
  SELECT $1, greatest($2::timestamptz, max(effective_from) + interval '1 millisecond'), $3::jsonb, $4::jsonb, $5
  FROM ${TABLES[kind].choices} WHERE ${TABLES[kind].owner} = $1`;

/** Alerts look again. Whoever has no readings yet is concerned by nothing. */
const MARK_DUE = `
  UPDATE patient_ingest SET due_at = coalesce(due_at, $2), due_from = least(due_from, $2) WHERE patient_id = $1`;

/** What people chose to be alerted to. Nothing is changed: a new choice is added. */
@Injectable()
export class AlertSettingsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  history(kind: Kind, ownerId: string): Promise<ChosenRow[]> {
    return this.dataSource.query<ChosenRow[]>(history(kind), [ownerId]);
  }

  async unitOf(patientId: string): Promise<GlucoseUnit> {
    const [row] = await this.dataSource.query<{ unit: GlucoseUnit }[]>('SELECT unit FROM patients WHERE id = $1', [
      patientId,
    ]);
    return row?.unit ?? 'mg/dL';
  }

  /** One after the other, for one owner. A clinic's choice is brought to its patients by `ClinicChoices`. */
  async append(kind: Kind, ownerId: string, chosen: ChosenSettings, by: { userId: string; at: Date }): Promise<void> {
    await this.dataSource.transaction(async (manager: EntityManager) => {
      await manager.query(lock(kind), [ownerId]);
      const { override, schedules } = chosen;
      const values = [JSON.stringify(override), JSON.stringify(schedules)];
      await manager.query(append(kind), [ownerId, by.at, ...values, by.userId]);
      if (kind === 'patient') await manager.query(MARK_DUE, [ownerId, by.at]);
    });
  }
}
