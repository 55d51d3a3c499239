import type { DataSource } from 'typeorm';
import { hashInvitationCode, newInvitationCode } from '../../src/modules/patients/invitation-code.js';
import { newAlert } from '../factories/alerts.js';
import { newGrant } from '../factories/patients.js';

/** What the routes of one row are asked with, made for each caller anew where it changes something for good. */
export interface Target {
  readonly dataSource: DataSource;
  readonly patientId: string;
  readonly organisationId: string;
  /** A clinician of the organisation, to be named in bodies and paths. */
  readonly bystander: { readonly id: string; readonly email: string };
}

export type Parameters = Readonly<Record<string, string>>;

export const anImport = async ({ dataSource, patientId }: Target): Promise<Parameters> => {
  const [row]: { id: string }[] = await dataSource.query(
    `INSERT INTO imports (patient_id, id, created_at, status, sha256, byte_size)
     VALUES ($1, gen_random_uuid(), clock_timestamp(), 'done', sha256('x'), 1) RETURNING id`,
    [patientId],
  );
  return { importId: row?.id ?? '' };
};

export const aRun = async ({ dataSource, patientId }: Target): Promise<Parameters> => {
  const [row]: { id: string }[] = await dataSource.query(
    `INSERT INTO ml_runs (patient_id, id, created_at, algorithm, parameters, window_from, window_to, status)
     VALUES ($1, gen_random_uuid(), now(), 'rules', '{}', now() - interval '1 day', now(), 'queued') RETURNING id`,
    [patientId],
  );
  return { runId: row?.id ?? '' };
};
export const anAlert = async ({ dataSource, patientId }: Target): Promise<Parameters> => ({
  alertId: (await newAlert(dataSource, patientId)).id,
});

export const aGrant = async ({ dataSource, patientId, bystander }: Target): Promise<Parameters> => ({
  grantId: (await newGrant(dataSource, patientId, bystander.id)).id,
});
export const INVITATION_CODE = newInvitationCode();
/** To the bystander, who is none of the callers. */
export const anInvitation = async ({ dataSource, patientId, bystander }: Target): Promise<Parameters> => {
  await dataSource.query('DELETE FROM record_invitations WHERE patient_id = $1', [patientId]);
  const [row]: { id: string }[] = await dataSource.query(
    `INSERT INTO record_invitations (patient_id, email, code_hash, created_by, created_at, expires_at)
     VALUES ($1, $2, $3, $4, now(), now() + interval '1 day') RETURNING id`,
    [patientId, bystander.email, hashInvitationCode(INVITATION_CODE), bystander.id],
  );
  return { invitationId: row?.id ?? '' };
};
export const aChannel = async ({ dataSource, bystander }: Target): Promise<Parameters> => {
  const [row]: { id: string }[] = await dataSource.query(
    `INSERT INTO alert_channels (user_id, kind, label, target, time_zone, created_at)
     VALUES ($1, 'webhook', 'Theirs', '{"url": "http://127.0.0.1:1/"}', 'UTC', now()) RETURNING id`,
    [bystander.id],
  );
  return { channelId: row?.id ?? '' };
};
const DAYS_MS = 86_400_000;
let shifts = 0;
/** Each on days of its own, so that none meets another of the same person. */
export const nextDays = () => {
  const from = Date.now() + ++shifts * 2 * DAYS_MS;
  return { startsAt: new Date(from).toISOString(), endsAt: new Date(from + DAYS_MS).toISOString() };
};
export const aShift = async ({ dataSource, organisationId, bystander }: Target): Promise<Parameters> => {
  const { startsAt, endsAt } = nextDays();
  const [row]: { id: string }[] = await dataSource.query(
    `INSERT INTO on_call_shifts (organisation_id, user_id, starts_at, ends_at, created_at, created_by)
     VALUES ($1, $2, $3, $4, now(), $2) RETURNING id`,
    [organisationId, bystander.id, startsAt, endsAt],
  );
  return { shiftId: row?.id ?? '' };
};
export const A_CHAIN = { steps: [{ afterMinutes: 0, to: 'patient', least: 'info' }] };
export const memberParameters = ({ bystander }: Target) => ({ userId: bystander.id });
export const mealParameters = () => ({ kind: 'meals' });
