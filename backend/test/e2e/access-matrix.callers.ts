import type { DataSource } from 'typeorm';
import type { AccessNeed } from '../../src/modules/patients/access.js';
import { newMembership, newOrganisation, type NewUser, newUser } from '../factories/people.js';
import { newGrant, newPatient } from '../factories/patients.js';
import type { RouteRow } from './access-matrix.table.js';
import type { Target } from './access-matrix.targets.js';

export const ROLES = ['patient', 'clinician', 'admin', 'platform admin'] as const;
export const RELATIONS = [
  'own',
  'same clinic',
  'other clinic',
  'former clinic',
  'live read grant',
  'live write grant',
  'expired grant',
  'future grant',
  'revoked grant',
] as const;

export type Role = (typeof ROLES)[number];
export type Relation = (typeof RELATIONS)[number];

/** `hidden`: as if it did not exist. */
export type Outcome = 'allowed' | 'forbidden' | 'hidden' | 'unauthenticated';

/** What each way of being entitled opens; every other way leads to `hidden`. */
const ENTITLED: Readonly<Record<AccessNeed, Readonly<Record<'clinician' | 'admin' | 'read' | 'write', Outcome>>>> = {
  view: { clinician: 'allowed', admin: 'allowed', read: 'allowed', write: 'allowed' },
  read: { clinician: 'allowed', admin: 'forbidden', read: 'allowed', write: 'allowed' },
  write: { clinician: 'allowed', admin: 'forbidden', read: 'forbidden', write: 'allowed' },
  edit: { clinician: 'allowed', admin: 'allowed', read: 'forbidden', write: 'forbidden' },
  manage: { clinician: 'forbidden', admin: 'allowed', read: 'forbidden', write: 'forbidden' },
};

function patientOutcome(need: AccessNeed, role: Role, relation: Relation): Outcome {
  if (relation === 'own') return 'allowed';
  if (relation === 'live read grant') return ENTITLED[need].read;
  if (relation === 'live write grant') return ENTITLED[need].write;
  if (relation === 'same clinic' && isMember(role)) return ENTITLED[need][role];
  return 'hidden';
}

function organisationOutcome(
  row: RouteRow & { readonly to: 'organisation' },
  route: string,
  role: Role,
  relation: Relation,
): Outcome {
  // Running the platform opens organisations, and no patient of theirs.
  if (role === 'platform admin') {
    if (row.need === 'clinician') return 'forbidden';
    return route.endsWith('/patients') ? 'hidden' : 'allowed';
  }
  if (relation !== 'same clinic' || role === 'patient') return 'hidden';
  if (row.need === 'member') return 'allowed';
  return row.need === role ? 'allowed' : 'forbidden';
}

const isMember = (role: Role): role is 'clinician' | 'admin' => role === 'clinician' || role === 'admin';

/** What the table promises to one caller. */
export function expectedOutcome(row: RouteRow, route: string, role: Role, relation: Relation): Outcome {
  switch (row.to) {
    case 'everybody':
    case 'panel':
    case 'login':
      return 'allowed';
    case 'invited':
    case 'owner':
      return 'hidden';
    case 'clinic-member':
      return isMember(role) && relation !== 'former clinic' ? 'allowed' : 'forbidden';
    case 'platform-admin':
      return role === 'platform admin' ? 'allowed' : 'forbidden';
    case 'organisation':
      return organisationOutcome(row, route, role, relation);
    case 'patient':
    case 'child':
      return patientOutcome(row.need, role, relation);
  }
}

/** Whether the panel of this caller shows the target. */
export const onPanel = (role: Role, relation: Relation): boolean =>
  patientOutcome('read', role, relation) === 'allowed';

/** A patient of a clinic, and a caller who stands to both as asked. */
export async function stage(
  dataSource: DataSource,
  role: Role,
  relation: Relation,
): Promise<{ target: Target; caller: NewUser }> {
  const caller = await newUser(dataSource, { isPlatformAdmin: role === 'platform admin' });
  const bystander = await newUser(dataSource);
  const clinic = await newOrganisation(dataSource);
  const patient = await newPatient(dataSource, {
    // A record that belongs to its person alone, so that this person may do everything with it.
    organisationId: relation === 'own' ? null : clinic.id,
    userId: relation === 'own' ? caller.id : null,
  });
  await newMembership(dataSource, clinic.id, bystander.id, 'clinician');
  const target = { dataSource, patientId: patient.id, organisationId: clinic.id, bystander };
  if (isMember(role)) {
    const home =
      relation === 'same clinic' || relation === 'former clinic' ? clinic : await newOrganisation(dataSource);
    await newMembership(dataSource, home.id, caller.id, role);
    if (relation === 'former clinic') {
      await dataSource.query('UPDATE memberships SET revoked_at = now() WHERE user_id = $1', [caller.id]);
    }
  } else if (relation !== 'own') {
    // A record of their own, in the same clinic where that is the question.
    await newPatient(dataSource, { userId: caller.id, organisationId: relation === 'same clinic' ? clinic.id : null });
  }
  const grant = GRANTS[relation];
  if (grant) await newGrant(dataSource, patient.id, caller.id, grant);
  return { target, caller };
}

const DAY_MS = 86_400_000;
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS);

const GRANTS: Partial<Record<Relation, Parameters<typeof newGrant>[3]>> = {
  'live read grant': { scope: 'read' },
  'live write grant': { scope: 'write' },
  'expired grant': { scope: 'write', validFrom: daysFromNow(-2), validUntil: daysFromNow(-1) },
  'future grant': { scope: 'write', validFrom: daysFromNow(1), validUntil: daysFromNow(2) },
  'revoked grant': { scope: 'write', revokedAt: daysFromNow(-1) },
};
