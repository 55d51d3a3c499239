import type { QuietHours } from '../../../domain/alerts/escalation.js';
import type { ChannelKind, OutcomeClass } from '../channels/delivery-channel.js';
import type { AlertChannel } from './alert-channels.schemas.js';

export type OwnKind = Exclude<ChannelKind, 'live'>;

/** Where a channel leads, in the shape of its kind. */
export type Target =
  | { readonly address: string }
  | { readonly url: string }
  | { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

export interface ChannelRow {
  readonly id: string;
  readonly kind: OwnKind;
  readonly label: string;
  readonly target: Target;
  readonly content: 'private' | 'full';
  readonly quietHours: QuietHours[];
  readonly timeZone: string;
  readonly createdAt: Date;
  readonly verifiedAt: Date | null;
  readonly codeSentAt: Date | null;
  readonly codeExpiresAt: Date | null;
  readonly codeAttempts: number;
  readonly lastSuccessAt: Date | null;
  readonly lastFailureAt: Date | null;
  readonly lastFailure: OutcomeClass | null;
  readonly consecutiveFailures: number;
  readonly disabledAt: Date | null;
}

export const CHANNEL_COLUMNS = `
  c.id, c.kind, c.label, c.target, c.content, c.quiet_hours AS "quietHours", c.time_zone AS "timeZone",
  c.created_at AS "createdAt", c.verified_at AS "verifiedAt", c.code_sent_at AS "codeSentAt",
  c.code_expires_at AS "codeExpiresAt", c.code_attempts AS "codeAttempts", c.last_success_at AS "lastSuccessAt",
  c.last_failure_at AS "lastFailureAt", c.last_failure AS "lastFailure",
  c.consecutive_failures AS "consecutiveFailures", c.disabled_at AS "disabledAt"`;

/** How often a code may be tried, and how long somebody waits before another one is mailed. */
export const CODE_ATTEMPTS = 5;
export const RESEND_SECONDS = 60;

/** The one text of a target by which two channels of a person lead to the same place. */
export function addressOf(target: Target): string {
  if ('address' in target) return target.address;
  return 'url' in target ? target.url : target.endpoint;
}

const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A channel as its owner sees it. The endpoint of a browser is a key to it, and of no use to a person. */
export function toChannel(row: ChannelRow): AlertChannel {
  const { target, createdAt, verifiedAt } = row;
  return {
    id: row.id,
    kind: row.kind,
    label: row.label,
    address: 'endpoint' in target ? new URL(target.endpoint).host : addressOf(target),
    content: row.content,
    quietHours: row.quietHours,
    timeZone: row.timeZone,
    createdAt: createdAt.toISOString(),
    verifiedAt: isoOrNull(verifiedAt),
    verification: row.kind === 'email' && verifiedAt === null ? verificationOf(row) : null,
    health: {
      state: stateOf(row),
      lastSuccessAt: isoOrNull(row.lastSuccessAt),
      lastFailureAt: isoOrNull(row.lastFailureAt),
      lastFailure: row.lastFailure,
      consecutiveFailures: row.consecutiveFailures,
      disabledAt: isoOrNull(row.disabledAt),
    },
  };
}

function verificationOf({ codeSentAt, codeExpiresAt, codeAttempts }: ChannelRow): AlertChannel['verification'] {
  return {
    codeSentAt: isoOrNull(codeSentAt),
    codeExpiresAt: isoOrNull(codeExpiresAt),
    attemptsLeft: codeExpiresAt === null ? 0 : CODE_ATTEMPTS - codeAttempts,
    mayResendAt: codeSentAt && new Date(codeSentAt.getTime() + RESEND_SECONDS * 1000).toISOString(),
  };
}

function stateOf({ disabledAt, verifiedAt, consecutiveFailures, lastSuccessAt }: ChannelRow) {
  if (disabledAt !== null) return 'disabled';
  if (verifiedAt === null) return 'unverified';
  if (consecutiveFailures > 0) return 'failing';
  return lastSuccessAt === null ? 'unused' : 'ok';
}
