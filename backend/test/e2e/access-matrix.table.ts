import type { AccessNeed } from '../../src/modules/patients/access.js';
import {
  anImport,
  aRun,
  anAlert,
  aGrant,
  INVITATION_CODE,
  anInvitation,
  aChannel,
  nextDays,
  aShift,
  A_CHAIN,
  memberParameters,
  mealParameters,
  type Parameters,
  type Target,
} from './access-matrix.targets.js';

/** Who may use a route. `child` is a route that reaches a patient by the id of something else;
 * `invited` is one for the person alone whom an invitation names, whatever else the caller may do, and `owner` one for
 * the person alone whose thing it is: the bystander, who is none of the callers. */
type Permission =
  | { readonly to: 'everybody' | 'login' | 'invited' | 'owner' | 'clinic-member' | 'platform-admin' | 'panel' }
  | { readonly to: 'organisation'; readonly need: 'member' | 'admin' | 'clinician' | 'platform-admin' }
  | { readonly to: 'patient' | 'child'; readonly need: AccessNeed };

export type RouteRow = Permission & {
  readonly body?: (target: Target) => object;
  /** Path parameters besides `patientId` and `organisationId`. */
  readonly parameters?: (target: Target) => Parameters | Promise<Parameters>;
  /** How a request that was let through is answered, where it is no success. */
  readonly answers?: readonly number[];
  /** An answer that does not end by itself. */
  readonly endless?: true;
  /** Leaves the target unfit for the next caller. */
  readonly destroys?: true;
};

/** Every route there is and who may use it. A route that is not here fails the suite. */
export const ROUTES: Readonly<Record<string, RouteRow>> = {
  'GET /health': { to: 'everybody' },
  'GET /health/alerts': { to: 'everybody', answers: [200, 503] },
  'GET /health/live': { to: 'everybody' },
  'GET /health/ready': { to: 'everybody' },
  'GET /health/startup': { to: 'everybody' },

  'POST /auth/register': { to: 'everybody', body: () => ({}), answers: [422] },
  'POST /auth/login': { to: 'everybody', body: () => ({}), answers: [422] },
  'POST /auth/refresh': { to: 'everybody', body: () => ({}), answers: [422] },
  'POST /auth/logout': { to: 'login', destroys: true },
  'GET /auth/me': { to: 'login' },
  'PUT /auth/profile': { to: 'login', body: () => ({}) },
  'POST /auth/change-password': { to: 'login', body: () => ({}), answers: [422] },

  'POST /organisations': { to: 'platform-admin', body: () => ({ name: 'Another clinic' }) },
  'GET /organisations': { to: 'login' },
  'GET /organisations/:organisationId': { to: 'organisation', need: 'member' },
  'PATCH /organisations/:organisationId': { to: 'organisation', need: 'admin', body: () => ({ name: 'Renamed' }) },
  'DELETE /organisations/:organisationId': { to: 'organisation', need: 'platform-admin', destroys: true },
  'POST /organisations/:organisationId/members': {
    to: 'organisation',
    need: 'admin',
    body: ({ bystander }) => ({ email: bystander.email, role: 'clinician' }),
  },
  'GET /organisations/:organisationId/members': { to: 'organisation', need: 'admin' },
  'PATCH /organisations/:organisationId/members/:userId': {
    to: 'organisation',
    need: 'admin',
    parameters: memberParameters,
    body: () => ({ roles: ['clinician'] }),
  },
  'DELETE /organisations/:organisationId/members/:userId': {
    to: 'organisation',
    need: 'admin',
    parameters: memberParameters,
    destroys: true,
  },
  'GET /organisations/:organisationId/patients': { to: 'organisation', need: 'member' },

  'GET /live': { to: 'panel', endless: true },

  'GET /patients': { to: 'panel' },
  'POST /patients': { to: 'clinic-member', body: () => ({ displayName: 'Somebody' }) },
  'GET /patients/:patientId': { to: 'patient', need: 'view' },
  'PATCH /patients/:patientId': { to: 'patient', need: 'edit', body: () => ({ displayName: 'Changed' }) },
  'DELETE /patients/:patientId': { to: 'patient', need: 'manage', destroys: true },
  'GET /patients/:patientId/invitations': { to: 'patient', need: 'manage' },
  'POST /patients/:patientId/invitations': {
    to: 'patient',
    need: 'manage',
    body: ({ bystander }) => ({ email: bystander.email }),
    // A record that has its person is offered to nobody else.
    answers: [201, 409],
  },
  'DELETE /patients/:patientId/invitations/:invitationId': {
    to: 'patient',
    need: 'manage',
    parameters: anInvitation,
  },
  'DELETE /patients/me/claim': { to: 'login', answers: [204, 409], destroys: true },
  'GET /invitations': { to: 'login' },
  'POST /invitations/:invitationId/accept': {
    to: 'invited',
    parameters: anInvitation,
    body: () => ({ code: INVITATION_CODE }),
  },
  'POST /invitations/:invitationId/decline': { to: 'invited', parameters: anInvitation },
  'GET /patients/:patientId/audit': { to: 'patient', need: 'manage' },
  'GET /patients/:patientId/grants': { to: 'patient', need: 'manage' },
  'POST /patients/:patientId/grants': {
    to: 'patient',
    need: 'manage',
    body: ({ bystander }) => ({ email: bystander.email }),
  },
  'PATCH /patients/:patientId/grants/:grantId': {
    to: 'patient',
    need: 'manage',
    parameters: aGrant,
    body: () => ({}),
  },
  'DELETE /patients/:patientId/grants/:grantId': { to: 'patient', need: 'manage', parameters: aGrant },

  'GET /patients/:patientId/readings': { to: 'patient', need: 'read' },
  'POST /patients/:patientId/readings': { to: 'patient', need: 'write', body: () => ({ readings: [] }) },
  'GET /patients/:patientId/sources': { to: 'patient', need: 'read' },
  'PUT /patients/:patientId/sources': { to: 'patient', need: 'write', body: () => ({}), answers: [422] },
  'GET /patients/:patientId/time-zones': { to: 'patient', need: 'read' },
  'POST /patients/:patientId/time-zones': { to: 'patient', need: 'write', body: () => ({}), answers: [422] },
  'DELETE /patients/:patientId/time-zones/:validFrom': {
    to: 'patient',
    need: 'write',
    parameters: () => ({ validFrom: '2026-01-01T00:00:00Z' }),
    answers: [404],
  },
  'GET /patients/:patientId/records/:kind': { to: 'patient', need: 'read', parameters: mealParameters },
  'POST /patients/:patientId/records/:kind': {
    to: 'patient',
    need: 'write',
    parameters: mealParameters,
    body: () => ({ records: [] }),
  },
  'DELETE /patients/:patientId/records/:kind/:clientId': {
    to: 'patient',
    need: 'write',
    parameters: () => ({ kind: 'meals', clientId: 'none' }),
    answers: [404],
  },
  'GET /patients/:patientId/metrics': { to: 'patient', need: 'read' },
  'GET /patients/:patientId/profile': { to: 'patient', need: 'read' },
  'GET /patients/:patientId/days': { to: 'patient', need: 'read' },
  'GET /patients/:patientId/overview': { to: 'patient', need: 'read' },

  'GET /patients/:patientId/imports': { to: 'patient', need: 'read' },
  'POST /patients/:patientId/imports': { to: 'patient', need: 'write', answers: [415] },
  'GET /imports/:importId': { to: 'child', need: 'read', parameters: anImport },
  'POST /imports/:importId/answers': {
    to: 'child',
    need: 'write',
    parameters: anImport,
    body: () => ({}),
    answers: [409],
  },
  'POST /imports/:importId/undo': { to: 'child', need: 'write', parameters: anImport },

  'GET /patients/:patientId/forecast': { to: 'patient', need: 'read' },
  'GET /patients/:patientId/forecast/model': { to: 'patient', need: 'read' },
  'GET /patients/:patientId/findings': { to: 'patient', need: 'read' },
  'POST /ml/runs': {
    to: 'patient',
    need: 'read',
    body: ({ patientId }) => ({ patientId, algorithm: 'rules' }),
  },
  'GET /ml/runs/:runId': { to: 'child', need: 'read', parameters: aRun },
  'GET /ml/runs/:runId/traces': { to: 'child', need: 'read', parameters: aRun },
  'POST /ml/runs/:runId/cancel': { to: 'child', need: 'read', parameters: aRun },

  'GET /alerts': { to: 'panel', parameters: anAlert },
  'GET /patients/:patientId/alerts': { to: 'patient', need: 'read' },
  'GET /patients/:patientId/alerts/statistics': { to: 'patient', need: 'read' },
  'GET /patients/:patientId/alert-settings': { to: 'patient', need: 'read' },
  'PUT /patients/:patientId/alert-settings': { to: 'patient', need: 'write', body: () => ({ override: {} }) },
  'POST /patients/:patientId/alert-settings/what-if': {
    to: 'patient',
    need: 'read',
    body: () => ({ override: {} }),
  },
  'GET /organisations/:organisationId/alert-settings': { to: 'organisation', need: 'member' },
  'PUT /organisations/:organisationId/alert-settings': {
    to: 'organisation',
    need: 'clinician',
    body: () => ({ override: {} }),
  },
  'GET /patients/:patientId/followers': { to: 'patient', need: 'read' },
  'PUT /patients/:patientId/followers/:userId': {
    to: 'patient',
    need: 'read',
    parameters: () => ({ userId: 'me' }),
    // The person of the record is told without following it.
    answers: [200, 422],
  },
  'DELETE /patients/:patientId/followers/:userId': {
    to: 'patient',
    need: 'read',
    parameters: () => ({ userId: 'me' }),
  },
  'GET /patients/:patientId/escalation': { to: 'patient', need: 'read' },
  'PUT /patients/:patientId/escalation': { to: 'patient', need: 'write', body: () => A_CHAIN },
  'DELETE /patients/:patientId/escalation': { to: 'patient', need: 'write' },
  'GET /organisations/:organisationId/escalation': { to: 'organisation', need: 'member' },
  'PUT /organisations/:organisationId/escalation': { to: 'organisation', need: 'clinician', body: () => A_CHAIN },
  'DELETE /organisations/:organisationId/escalation': { to: 'organisation', need: 'clinician' },
  'GET /organisations/:organisationId/on-call': { to: 'organisation', need: 'member' },
  'POST /organisations/:organisationId/on-call': {
    to: 'organisation',
    need: 'member',
    body: ({ bystander }) => ({ userId: bystander.id, ...nextDays() }),
  },
  'PATCH /organisations/:organisationId/on-call/:shiftId': {
    to: 'organisation',
    need: 'member',
    parameters: aShift,
    body: () => ({}),
  },
  'DELETE /organisations/:organisationId/on-call/:shiftId': {
    to: 'organisation',
    need: 'member',
    parameters: aShift,
  },
  'GET /alert-channels': { to: 'login' },
  'GET /alert-channels/vapid-key': { to: 'login' },
  'POST /alert-channels': { to: 'login', body: () => ({}), answers: [422] },
  'PATCH /alert-channels/:channelId': { to: 'owner', parameters: aChannel, body: () => ({}) },
  'DELETE /alert-channels/:channelId': { to: 'owner', parameters: aChannel },
  'POST /alert-channels/:channelId/verify': { to: 'owner', parameters: aChannel, body: () => ({ code: '123456' }) },
  'POST /alert-channels/:channelId/code': { to: 'owner', parameters: aChannel },
  'POST /alert-channels/:channelId/test': { to: 'owner', parameters: aChannel },
  'GET /alert-channels/:channelId/secret': { to: 'owner', parameters: aChannel },
  'GET /alerts/:alertId': { to: 'child', need: 'read', parameters: anAlert },
  'POST /alerts/:alertId/acknowledge': { to: 'child', need: 'read', parameters: anAlert },
  'POST /alerts/:alertId/snooze': {
    to: 'child',
    need: 'read',
    parameters: anAlert,
    body: () => ({ minutes: 30 }),
  },
  'DELETE /alerts/:alertId/snooze': { to: 'child', need: 'read', parameters: anAlert },
  'POST /alerts/:alertId/escalate': { to: 'child', need: 'read', parameters: anAlert },
  'POST /alerts/:alertId/mark-false': { to: 'child', need: 'read', parameters: anAlert },
  'DELETE /alerts/:alertId/mark-false': { to: 'child', need: 'read', parameters: anAlert },
};
