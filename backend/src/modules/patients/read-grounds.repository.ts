import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { accessPath } from './access.js';

/**
 * Why a person may read clinical data, apart from it being their own: small however many patients follow from it, so it
 * can be held in memory and judged per patient. Good for as long as it is fresh.
 */
export interface ReadGrounds {
  readonly userId: string;
  /** Organisations in which the person is a clinician. */
  readonly clinicianOf: ReadonlySet<string>;
  /** Patients with a live grant to the person. */
  readonly granted: ReadonlySet<string>;
}

/** What of a patient decides about access. */
export interface PatientStanding {
  readonly id: string;
  readonly userId: string | null;
  readonly organisationId: string | null;
  readonly archived: boolean;
}

/** Whether the person may read this patient's clinical data: the same answer as `PatientAccessService` gives. */
export function mayRead(grounds: ReadGrounds, patient: PatientStanding): boolean {
  const { archived, organisationId } = patient;
  const standing = {
    own: patient.userId === grounds.userId,
    clinician: !archived && organisationId !== null && grounds.clinicianOf.has(organisationId),
    organisationAdmin: false,
    grant: !archived && grounds.granted.has(patient.id) ? ('read' as const) : null,
  };
  return accessPath(standing, 'read') !== null;
}

const GROUNDS = `
  SELECT u.id AS "userId",
    ARRAY(SELECT m.organisation_id::text FROM memberships m
      WHERE m.user_id = u.id AND m.role = 'clinician' AND m.revoked_at IS NULL) AS "clinicianOf",
    ARRAY(SELECT g.patient_id::text FROM grants g
      WHERE g.grantee_user_id = u.id AND g.revoked_at IS NULL AND g.valid_from <= $2 AND g.valid_until > $2) AS granted
  FROM unnest($1::uuid[]) AS u (id)`;

interface GroundsRow {
  readonly userId: string;
  readonly clinicianOf: string[];
  readonly granted: string[];
}

@Injectable()
export class ReadGroundsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The grounds of some people as they are now, by user id. */
  async of(userIds: readonly string[]): Promise<Map<string, ReadGrounds>> {
    const rows = await this.dataSource.query<GroundsRow[]>(GROUNDS, [userIds, this.clock.now()]);
    return new Map(
      rows.map(({ userId, clinicianOf, granted }) => [
        userId,
        { userId, clinicianOf: new Set(clinicianOf), granted: new Set(granted) },
      ]),
    );
  }
}
