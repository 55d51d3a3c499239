import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type PreparedStatement, queryPreparedIn } from '../../../database/prepared.js';
import type { QuietHours, Recipients, Snooze } from '../../../domain/alerts/escalation.js';
import type { ChannelKind } from '../channels/delivery-channel.js';
import type { Plan } from './plans.repository.js';

/** Somebody whom a step names, with what they have wished for. */
export interface Recipient {
  readonly userId: string;
  readonly snoozes: readonly Snooze[];
  /** What the person can be reached by besides the open page. */
  readonly channels: readonly {
    readonly id: string;
    readonly kind: Exclude<ChannelKind, 'live'>;
    readonly quietHours: readonly QuietHours[];
    readonly timeZone: string;
  }[];
}

/** Whether user `u` may read the clinical data of patient `p` at instant `$2`. */
export const MAY_READ = `(
  p.user_id = u.id
  OR p.archived_at IS NULL AND EXISTS (
    SELECT FROM memberships m WHERE m.organisation_id = p.organisation_id AND m.user_id = u.id
      AND m.role = 'clinician' AND m.revoked_at IS NULL)
  OR p.archived_at IS NULL AND EXISTS (
    SELECT FROM grants g WHERE g.patient_id = p.id AND g.grantee_user_id = u.id AND g.revoked_at IS NULL
      AND g.valid_from <= $2 AND g.valid_until > $2))`;

/** Whom each kind of step names among the users `u` of patient `p`. */
const NAMED: Readonly<Record<Recipients, string>> = {
  patient: 'u.id = p.user_id AND $2::timestamptz IS NOT NULL',
  followers: `u.id IN (SELECT f.user_id FROM alert_followers f WHERE f.patient_id = p.id) AND ${MAY_READ}`,
  'on-call': `p.archived_at IS NULL
    AND u.id IN (SELECT c.user_id FROM on_call_shifts c
      WHERE c.organisation_id = p.organisation_id AND c.starts_at <= $2 AND c.ends_at > $2)
    AND EXISTS (SELECT FROM memberships m WHERE m.organisation_id = p.organisation_id AND m.user_id = u.id
      AND m.role = 'clinician' AND m.revoked_at IS NULL)`,
};

/** The snoozes of user `u` that concern episode `e`, as JSON. */
export const SNOOZES = `
  (SELECT coalesce(json_agg(json_build_object('from', extract(epoch FROM z.from_at)::float8,
      'until', extract(epoch FROM z.until_at)::float8, 'severity', z.severity)), '[]')
    FROM alert_snoozes z WHERE z.user_id = u.id AND z.patient_id = e.patient_id AND z.ended_at IS NULL
      AND (z.rule IS NULL OR z.rule = e.rule))`;

const recipientsOf = (to: Recipients): PreparedStatement => ({
  name: `recipients-${to}`,
  text: `
  SELECT u.id AS "userId", ${SNOOZES} AS snoozes,
    (SELECT coalesce(json_agg(json_build_object('id', c.id, 'kind', c.kind, 'quietHours', c.quiet_hours,
        'timeZone', c.time_zone)), '[]')
      FROM alert_channels c WHERE c.user_id = u.id AND c.verified_at IS NOT NULL AND c.disabled_at IS NULL
        AND c.removed_at IS NULL) AS channels
  FROM alert_episodes e JOIN patients p ON p.id = e.patient_id CROSS JOIN users u
  WHERE e.patient_id = $1 AND e.id = $3 AND ${NAMED[to]}`,
});

@Injectable()
export class RecipientsRepository {
  /** Everybody a step names now, whether or not they want to hear of it. */
  of(manager: EntityManager, { patientId, episodeId }: Plan, to: Recipients, now: Date): Promise<Recipient[]> {
    return queryPreparedIn<Recipient>(manager, recipientsOf(to), [patientId, now, episodeId]);
  }
}
