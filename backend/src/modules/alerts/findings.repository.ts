import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AlertEvidence } from '../../domain/alerts/evidence.js';
import type { ClosedBy } from '../../domain/alerts/episode.js';
import type { SettingsHistory } from '../../domain/alerts/settings-history.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import { toZoneHistory, type ZoneRows, zonesOf } from '../readings/zone-rows.js';
import { clinicSettingsOf, patientSettingsOf, type SettingsRow, toSettingsHistory } from './settings-rows.js';

/** What is known of a patient's findings. Instants are seconds since the epoch. */
export interface FindingState {
  readonly zones: ZoneHistory;
  readonly settings: SettingsHistory;
  readonly open: { readonly id: string; readonly lastAt: number } | null;
  /** The end of the last night of the finding that was closed last. */
  readonly closedLastAt: number | null;
}

/** Whoever writes readings, zones or alerts of a patient holds this row. */
const HOLD = 'SELECT FROM patient_ingest WHERE patient_id = $1 FOR UPDATE';

const FINDINGS = `patient_id = $1 AND rule = 'finding' AND voided_at IS NULL`;

const STATE = `
  SELECT ${zonesOf('$1')} AS zones, ${clinicSettingsOf('$1')} AS "clinicSettings",
    ${patientSettingsOf('$1')} AS "patientSettings",
    (SELECT json_build_object('id', id, 'lastAt', extract(epoch FROM last_at)::float8)
      FROM alert_episodes WHERE ${FINDINGS} AND closed_at IS NULL) AS open,
    (SELECT extract(epoch FROM max(last_at))::float8
      FROM alert_episodes WHERE ${FINDINGS} AND closed_at IS NOT NULL) AS "closedLastAt"`;

const INSERT = `
  INSERT INTO alert_episodes (patient_id, id, rule, severity, onset_at, opened_at, last_at, suspected_compression,
    evidence, detected_at, updated_at)
  VALUES ($1, $2, 'finding', 'info', to_timestamp($3::float8), to_timestamp($4::float8), to_timestamp($4::float8), false,
    $5, $6, $6)`;

const KEEP = `
  UPDATE alert_episodes SET last_at = to_timestamp($3::float8), evidence = $4, updated_at = $5
  WHERE patient_id = $1 AND id = $2`;

const CLOSE = `
  UPDATE alert_episodes SET closed_at = to_timestamp($3::float8), closed_by = $4, updated_at = $5
  WHERE patient_id = $1 AND id = $2`;

/** Findings of one patient, in a transaction that holds the patient. */
@Injectable()
export class FindingsRepository {
  async hold(manager: EntityManager, patientId: string): Promise<FindingState> {
    await manager.query(HOLD, [patientId]);
    const [row] = await manager.query<StateRow[]>(STATE, [patientId]);
    return {
      zones: toZoneHistory(row?.zones ?? null),
      settings: toSettingsHistory(row?.clinicSettings ?? null, row?.patientSettings ?? null),
      open: row?.open ?? null,
      closedLastAt: row?.closedLastAt ?? null,
    };
  }

  /** Answers the id of the finding. */
  async open(
    manager: EntityManager,
    patientId: string,
    { onsetAt, openedAt, evidence, now }: { onsetAt: number; openedAt: number; evidence: AlertEvidence; now: Date },
  ): Promise<string> {
    const id = randomUUID();
    await manager.query(INSERT, [patientId, id, onsetAt, openedAt, JSON.stringify(evidence), now]);
    return id;
  }

  async keep(
    manager: EntityManager,
    patientId: string,
    id: string,
    { lastAt, evidence, now }: { lastAt: number; evidence: AlertEvidence; now: Date },
  ): Promise<void> {
    await manager.query(KEEP, [patientId, id, lastAt, JSON.stringify(evidence), now]);
  }

  async close(
    manager: EntityManager,
    patientId: string,
    id: string,
    { closedAt, closedBy, now }: { closedAt: number; closedBy: ClosedBy; now: Date },
  ): Promise<void> {
    await manager.query(CLOSE, [patientId, id, closedAt, closedBy, now]);
  }
}

interface StateRow extends Pick<FindingState, 'open' | 'closedLastAt'> {
  readonly zones: ZoneRows;
  readonly clinicSettings: SettingsRow[] | null;
  readonly patientSettings: SettingsRow[] | null;
}
