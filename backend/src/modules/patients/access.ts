/** What a route wants to do with a patient. `view` and `edit` concern the identity, `read` and `write` the clinical data. */
export type AccessNeed = 'view' | 'read' | 'write' | 'edit' | 'manage';

/** How the caller stands to a patient. One person may stand in several ways at once. */
export interface Standing {
  readonly own: boolean;
  readonly clinician: boolean;
  readonly organisationAdmin: boolean;
  readonly grant: 'read' | 'write' | null;
}

export type AccessPath = 'own' | 'membership' | 'grant';

/** An organisation's administrator handles identities, members and grants, and reads no clinical data. */
const MEMBER_MAY = {
  clinician: { view: true, read: true, write: true, edit: true, manage: false },
  organisationAdmin: { view: true, read: false, write: false, edit: true, manage: true },
} as const satisfies Record<string, Record<AccessNeed, boolean>>;

const GRANT_MAY = {
  read: { view: true, read: true, write: false, edit: false, manage: false },
  write: { view: true, read: true, write: true, edit: false, manage: false },
} as const satisfies Record<string, Record<AccessNeed, boolean>>;

/** Whether the caller may know that the patient exists. */
export const maySee = (standing: Standing): boolean =>
  standing.own || standing.clinician || standing.organisationAdmin || standing.grant !== null;

/** The strongest way in which the caller may do this, `null` where there is none. */
export function accessPath(standing: Standing, need: AccessNeed): AccessPath | null {
  if (standing.own) return 'own';
  if (standing.clinician && MEMBER_MAY.clinician[need]) return 'membership';
  if (standing.organisationAdmin && MEMBER_MAY.organisationAdmin[need]) return 'membership';
  return standing.grant && GRANT_MAY[standing.grant][need] ? 'grant' : null;
}
