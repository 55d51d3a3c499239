import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Patient as PatientRow } from './patient.entity.js';
import type { Patient, PatientChange } from './patients.schemas.js';

type NewPatient = Pick<PatientRow, 'displayName'> &
  Partial<Omit<PatientRow, 'id' | 'createdAt' | 'archivedAt'>> & { readonly timeZone: string };

const COLUMNS = `
  p.id, p.organisation_id, p.user_id, p.display_name, p.date_of_birth::text, p.diabetes_type, p.target_preset, p.unit,
  p.synthetic, p.created_at, p.archived_at,
  (SELECT z.time_zone FROM patient_zones z WHERE z.patient_id = p.id AND z.valid_from <= $1
    ORDER BY z.valid_from DESC LIMIT 1) AS time_zone`;

@Injectable()
export class PatientsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Inserts a record with the zone in which all its days so far lie. */
  async insert(manager: EntityManager, { timeZone, ...patient }: NewPatient): Promise<string> {
    const id = randomUUID();
    await manager.query(
      `WITH patient AS (
         INSERT INTO patients (id, organisation_id, user_id, display_name, date_of_birth, diabetes_type, target_preset,
           unit, synthetic, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id)
       INSERT INTO patient_zones (patient_id, valid_from, time_zone) SELECT id, '-infinity', $11 FROM patient`,
      [
        id,
        patient.organisationId ?? null,
        patient.userId ?? null,
        patient.displayName,
        patient.dateOfBirth ?? null,
        patient.diabetesType ?? null,
        patient.targetPreset ?? 'adult',
        patient.unit ?? 'mg/dL',
        patient.synthetic ?? false,
        this.clock.now(),
        timeZone,
      ],
    );
    return id;
  }

  async describe(id: string): Promise<Patient | null> {
    const [row]: DescribedRow[] = await this.dataSource.query(`SELECT ${COLUMNS} FROM patients p WHERE p.id = $2`, [
      this.clock.now(),
      id,
    ]);
    return row ? toPatient(row) : null;
  }

  /** Records of an organisation, oldest first, after the one that a cursor names. */
  async listOf(organisationId: string, after: readonly [string, string] | null, limit: number): Promise<Patient[]> {
    const rows: DescribedRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM patients p
       WHERE p.organisation_id = $2 AND p.archived_at IS NULL
         AND ($3::timestamptz IS NULL OR (date_trunc('milliseconds', p.created_at), p.id) > ($3, $4::uuid))
       ORDER BY date_trunc('milliseconds', p.created_at), p.id LIMIT $5`,
      [this.clock.now(), organisationId, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
    return rows.map(toPatient);
  }

  async change(id: string, change: PatientChange): Promise<void> {
    const changes = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    if (Object.keys(changes).length > 0) await this.dataSource.manager.update(PatientRow, id, changes);
  }

  async archive(id: string): Promise<void> {
    await this.dataSource.query('UPDATE patients SET archived_at = $2 WHERE id = $1 AND archived_at IS NULL', [
      id,
      this.clock.now(),
    ]);
  }
}

interface DescribedRow {
  readonly id: string;
  readonly organisation_id: string | null;
  readonly user_id: string | null;
  readonly display_name: string;
  readonly date_of_birth: string | null;
  readonly diabetes_type: Patient['diabetesType'];
  readonly target_preset: Patient['targetPreset'];
  readonly unit: Patient['unit'];
  readonly synthetic: boolean;
  readonly created_at: Date;
  readonly archived_at: Date | null;
  readonly time_zone: string;
}

const toPatient = (row: DescribedRow): Patient => ({
  id: row.id,
  organisationId: row.organisation_id,
  claimed: row.user_id !== null,
  displayName: row.display_name,
  dateOfBirth: row.date_of_birth,
  diabetesType: row.diabetes_type,
  targetPreset: row.target_preset,
  unit: row.unit,
  timeZone: row.time_zone,
  synthetic: row.synthetic,
  createdAt: row.created_at.toISOString(),
  archivedAt: row.archived_at?.toISOString() ?? null,
});
