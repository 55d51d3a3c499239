import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { isUuid } from '../../common/uuid.js';
import { Problem } from '../../common/problem.js';
import { queryPrepared } from '../../database/prepared.js';
import { AuditService } from '../audit/audit.service.js';
import { RepeatedLooks } from '../audit/repeated-looks.service.js';
import type { Actor } from '../auth/actor.js';
import { accessPath, maySee, type AccessNeed, type AccessPath, type Standing } from './access.js';

/** A patient the caller was let through to. */
export interface AccessiblePatient {
  readonly id: string;
  readonly organisationId: string | null;
  readonly via: AccessPath;
}

/** Somebody let through before the look is written down. */
export interface Admission {
  readonly patient: AccessiblePatient;
  /** Fails where the look cannot be written down: then nothing of the patient may be shown. */
  readonly noted: Promise<void>;
}

export interface Occasion {
  /** The route as a template, as in `GET /imports/{importId}`. */
  readonly action: string;
  readonly requestId: string;
  /** Set where a page asks the same every few seconds: what it asks for. */
  readonly repeats?: string;
}

/** All ways in which user `$1` may stand to one patient, at instant `$2`, in one round trip over indexes. */
const STANDING = `
  SELECT p.id, p.organisation_id, p.user_id IS NOT DISTINCT FROM $1 AS own,
    p.archived_at IS NULL AND EXISTS (
      SELECT FROM memberships m WHERE m.organisation_id = p.organisation_id AND m.user_id = $1
        AND m.role = 'clinician' AND m.revoked_at IS NULL) AS clinician,
    p.archived_at IS NULL AND EXISTS (
      SELECT FROM memberships m WHERE m.organisation_id = p.organisation_id AND m.user_id = $1
        AND m.role = 'admin' AND m.revoked_at IS NULL) AS organisation_admin,
    (SELECT max(g.scope) FROM grants g WHERE p.archived_at IS NULL AND g.patient_id = p.id
        AND g.grantee_user_id = $1 AND g.revoked_at IS NULL AND g.valid_from <= $2 AND g.valid_until > $2) AS granted
  FROM patients p`;

const OWN_STANDING = { name: 'standing-to-own', text: `${STANDING} WHERE p.user_id = $1` };
const STANDING_TO = { name: 'standing-to-patient', text: `${STANDING} WHERE p.id = $3` };

interface StandingRow {
  readonly id: string;
  readonly organisation_id: string | null;
  readonly own: boolean;
  readonly clinician: boolean;
  readonly organisation_admin: boolean;
  readonly granted: 'read' | 'write' | null;
}

const toStanding = (row: StandingRow): Standing => ({
  own: row.own,
  clinician: row.clinician,
  organisationAdmin: row.organisation_admin,
  grant: row.granted,
});

/**
 * The ids of every patient whose clinical data user `$1` may read at instant `$2`: the own record, those of
 * organisations where the user is a clinician, and those granted. A subquery for `p.id IN (…)`.
 */
export const VISIBLE_PATIENT_IDS = `
  SELECT own.id FROM patients own WHERE own.user_id = $1
  UNION SELECT ours.id FROM memberships m JOIN patients ours ON ours.organisation_id = m.organisation_id
    WHERE m.user_id = $1 AND m.role = 'clinician' AND m.revoked_at IS NULL AND ours.archived_at IS NULL
  UNION SELECT shared.id FROM grants g JOIN patients shared ON shared.id = g.patient_id
    WHERE g.grantee_user_id = $1 AND g.revoked_at IS NULL AND g.valid_from <= $2 AND g.valid_until > $2
      AND shared.archived_at IS NULL`;

/** Decides who may do what with which patient, and has every look by another person written down. */
@Injectable()
export class PatientAccessService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly audit: AuditService,
    private readonly repeated: RepeatedLooks,
  ) {}

  /**
   * Lets the caller through to a patient (`me` is the caller's own), or throws: `PATIENT_NOT_FOUND` where the caller may
   * not know of the patient, `FORBIDDEN` where this is not permitted. A look leaves an audit row, a route that only writes does not.
   */
  async authorise(actor: Actor, patientId: string, need: AccessNeed, occasion: Occasion): Promise<AccessiblePatient> {
    const { patient, noted } = await this.admit(actor, patientId, need, occasion);
    await noted;
    return patient;
  }

  /** The same for who can do something useful while the look is written down, and waits for that before showing anything. */
  async admit(actor: Actor, patientId: string, need: AccessNeed, occasion: Occasion): Promise<Admission> {
    const row = await this.standingOf(actor, patientId);
    if (!row || !maySee(toStanding(row))) throw new Problem('PATIENT_NOT_FOUND');
    const via = accessPath(toStanding(row), need);
    if (!via) throw new Problem('FORBIDDEN');
    const noted = via !== 'own' && need !== 'write' ? this.note(actor, row.id, occasion) : Promise.resolve();
    // Who waits for it hears of a failure; work that failed before is not to end the process besides.
    noted.catch(() => undefined);
    return { patient: { id: row.id, organisationId: row.organisation_id, via }, noted };
  }

  /**
   * The same by way of something that belongs to a patient. Who may not know of the patient is told what is told of a thing
   * that does not exist.
   */
  async authoriseFor(
    actor: Actor,
    { patientId }: { readonly patientId: string },
    need: AccessNeed,
    occasion: Occasion,
    noSuchThing: () => Problem,
  ): Promise<void> {
    try {
      await this.authorise(actor, patientId, need, occasion);
    } catch (error) {
      throw error instanceof Problem && error.code === 'PATIENT_NOT_FOUND' ? noSuchThing() : error;
    }
  }

  /** Whether the caller may, besides what a route was opened for. Leaves no audit row: ask before showing anything of it. */
  async may(actor: Actor, patientId: string, need: AccessNeed): Promise<boolean> {
    const row = await this.standingOf(actor, patientId);
    return row !== undefined && accessPath(toStanding(row), need) !== null;
  }

  private note(actor: Actor, patientId: string, { action, requestId, repeats }: Occasion): Promise<void> {
    const look = { patientIds: [patientId], action, requestId };
    return repeats === undefined
      ? this.audit.record({ actorUserId: actor.userId, ...look })
      : this.repeated.record({ actor, subject: repeats, ...look });
  }

  private async standingOf(actor: Actor, patientId: string): Promise<StandingRow | undefined> {
    const caller = [actor.userId, this.clock.now()];
    if (patientId === 'me') return (await queryPrepared<StandingRow>(this.dataSource, OWN_STANDING, caller))[0];
    if (!isUuid(patientId)) return undefined;
    return (await queryPrepared<StandingRow>(this.dataSource, STANDING_TO, [...caller, patientId]))[0];
  }
}
