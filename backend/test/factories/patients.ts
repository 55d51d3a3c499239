import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { GrantScope } from '../../src/modules/patients/grant.entity.js';
import type { TargetPreset } from '../../src/domain/glycemia/targets.js';
import { type NewUser, newMember, newUser } from './people.js';

interface PatientFields {
  readonly organisationId?: string | null;
  readonly userId?: string | null;
  readonly displayName?: string;
  readonly timeZone?: string;
  readonly targetPreset?: TargetPreset;
  readonly unit?: 'mg/dL' | 'mmol/L';
  readonly diabetesType?: string | null;
  readonly dateOfBirth?: string | null;
  readonly synthetic?: boolean;
}

export interface NewPatient {
  readonly id: string;
  readonly organisationId: string | null;
  readonly userId: string | null;
}

/** A patient record, in the zone UTC unless told otherwise. */
export async function newPatient(dataSource: DataSource, fields: PatientFields = {}): Promise<NewPatient> {
  const id = randomUUID();
  const organisationId = fields.organisationId ?? null;
  const userId = fields.userId ?? null;
  await dataSource.query(
    `INSERT INTO patients (id, organisation_id, user_id, display_name, date_of_birth, diabetes_type, target_preset, unit, synthetic)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      organisationId,
      userId,
      fields.displayName ?? 'Sam Example',
      fields.dateOfBirth ?? null,
      fields.diabetesType ?? null,
      fields.targetPreset ?? 'adult',
      fields.unit ?? 'mg/dL',
      fields.synthetic ?? false,
    ],
  );
  await dataSource.query(`INSERT INTO patient_zones (patient_id, valid_from, time_zone) VALUES ($1, '-infinity', $2)`, [
    id,
    fields.timeZone ?? 'UTC',
  ]);
  return { id, organisationId, userId };
}

/** A user together with the own patient record, as registration makes them. */
export async function newPatientUser(
  dataSource: DataSource,
  fields: Omit<PatientFields, 'userId'> = {},
): Promise<NewUser & { readonly patientId: string }> {
  const user = await newUser(dataSource);
  const patient = await newPatient(dataSource, { ...fields, userId: user.id });
  return { ...user, patientId: patient.id };
}

/** A clinic of one clinician and one patient. */
export async function newClinic(dataSource: DataSource, fields: Omit<PatientFields, 'organisationId'> = {}) {
  const clinician = await newMember(dataSource, 'clinician');
  const patient = await newPatient(dataSource, { ...fields, organisationId: clinician.organisationId });
  return { organisationId: clinician.organisationId, clinician, patient };
}

interface GrantFields {
  readonly scope?: GrantScope;
  readonly validFrom?: Date | string;
  readonly validUntil?: Date | string;
  readonly revokedAt?: Date | string | null;
}

/** A grant, live for a year around now unless told otherwise. */
export async function newGrant(
  dataSource: DataSource,
  patientId: string,
  granteeUserId: string,
  fields: GrantFields = {},
): Promise<{ id: string }> {
  const id = randomUUID();
  await dataSource.query(
    `INSERT INTO grants (id, patient_id, grantee_user_id, scope, valid_from, valid_until, created_by, revoked_at)
     VALUES ($1, $2, $3, $4, coalesce($5, now() - interval '6 months'), coalesce($6, now() + interval '6 months'), $3, $7)`,
    [
      id,
      patientId,
      granteeUserId,
      fields.scope ?? 'read',
      fields.validFrom ?? null,
      fields.validUntil ?? null,
      fields.revokedAt ?? null,
    ],
  );
  return { id };
}
