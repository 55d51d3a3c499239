import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { queryPrepared, queryPreparedIn } from '../../../database/prepared.js';
import type { AlertEvidence } from '../../../domain/alerts/evidence.js';
import type { Snooze } from '../../../domain/alerts/escalation.js';
import type { RuleCode } from '../../../domain/alerts/settings.js';
import type { Severity } from '../../../domain/alerts/severity.js';
import { ATTEMPT_MS, type ChannelKind, type OutcomeClass } from '../channels/delivery-channel.js';
import { gravityOf, type Plan } from '../planning/plans.repository.js';
import { MAY_READ, SNOOZES } from '../planning/recipients.repository.js';

export interface NewDelivery {
  readonly userId: string;
  /** `null` is the open page. */
  readonly channelId: string | null;
  readonly channelKind: ChannelKind;
}

/** A delivery that this process alone attempts now. */
export interface ClaimedDelivery {
  readonly patientId: string;
  readonly id: string;
  readonly attempts: number;
  readonly kind: ChannelKind;
}

/** A claimed delivery with all that decides whether and what is sent. */
export interface DeliveryContext {
  readonly episodeId: string;
  readonly soundingId: string;
  readonly userId: string;
  readonly channelId: string | null;
  readonly channelKind: ChannelKind;
  readonly step: number;
  readonly severity: Severity;
  readonly rule: RuleCode;
  readonly evidence: AlertEvidence;
  readonly patientDisplayName: string;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  readonly isOver: boolean;
  readonly isAcknowledged: boolean;
  readonly mayRead: boolean;
  readonly snoozes: readonly Snooze[];
  readonly target: unknown;
  readonly content: 'private' | 'full' | null;
  readonly timeZone: string | null;
  readonly isUsable: boolean;
}

/** How long a delivery belongs to whoever took it: longer than any attempt, with room for what is written after it. */
const HELD_SECONDS = (2 * ATTEMPT_MS) / 1000;

const INSERT = {
  name: 'insert-deliveries',
  text: `
    INSERT INTO alert_deliveries (patient_id, sounding_id, episode_id, step, asked_for, due_at, created_at,
      next_attempt_at, expires_at, user_id, channel_id, channel_kind)
    SELECT $1, $2, $3, $4, $5, $6, $7, $7, $8, r.user_id, r.channel_id, r.channel_kind
    FROM jsonb_to_recordset($9::jsonb) AS r (user_id uuid, channel_id uuid, channel_kind text)
    ON CONFLICT DO NOTHING`,
};

/** Each kind for itself, so that none takes the places of another. */
const CLAIM = {
  name: 'claim-deliveries',
  text: `
    WITH due AS (
      SELECT d.patient_id, d.id FROM unnest($2::text[], $3::int[]) AS wanted (kind, places)
      CROSS JOIN LATERAL (
        SELECT patient_id, id FROM alert_deliveries WHERE next_attempt_at <= $1 AND channel_kind = wanted.kind
        ORDER BY next_attempt_at LIMIT wanted.places FOR UPDATE SKIP LOCKED
      ) d
    )
    UPDATE alert_deliveries d
    SET attempts = d.attempts + 1, next_attempt_at = $1::timestamptz + interval '${HELD_SECONDS} seconds'
    FROM due WHERE d.patient_id = due.patient_id AND d.id = due.id
    RETURNING d.patient_id AS "patientId", d.id, d.attempts, d.channel_kind AS kind`,
};

/** Whether a page of user `u` was sent the alert of delivery `d` as grave as its sounding `s` is. */
const IS_SHOWN = `EXISTS (
  SELECT FROM alert_shown w WHERE w.patient_id = d.patient_id AND w.episode_id = d.episode_id AND w.user_id = d.user_id
    AND ${gravityOf('w.severity')} >= ${gravityOf('s.severity')})`;

const CONTEXT = {
  name: 'delivery-context',
  text: `
    SELECT d.episode_id AS "episodeId", d.sounding_id AS "soundingId", d.user_id AS "userId", d.channel_id AS "channelId",
      d.channel_kind AS "channelKind", d.step, s.severity, e.rule, e.evidence, p.display_name AS "patientDisplayName",
      d.due_at AS "dueAt", d.expires_at AS "expiresAt",
      e.closed_at IS NOT NULL OR e.voided_at IS NOT NULL AS "isOver",
      EXISTS (SELECT FROM alert_acknowledgements a WHERE a.patient_id = e.patient_id AND a.episode_id = e.id
        AND ${gravityOf('a.severity')} >= ${gravityOf('s.severity')} AND (NOT d.asked_for OR a.at > d.created_at)
      ) AS "isAcknowledged",
      ${MAY_READ} AS "mayRead", ${SNOOZES} AS snoozes,
      CASE WHEN d.channel_id IS NULL THEN jsonb_build_object('shown', ${IS_SHOWN}) ELSE c.target END AS target, c.content, c.time_zone AS "timeZone",
      d.channel_id IS NULL
        OR c.removed_at IS NULL AND c.disabled_at IS NULL AND c.verified_at IS NOT NULL AS "isUsable"
    FROM alert_deliveries d JOIN alert_soundings s ON s.patient_id = d.patient_id AND s.id = d.sounding_id
      JOIN alert_episodes e ON e.patient_id = d.patient_id AND e.id = d.episode_id
      JOIN patients p ON p.id = d.patient_id JOIN users u ON u.id = d.user_id
      LEFT JOIN alert_channels c ON c.id = d.channel_id
    WHERE d.patient_id = $1 AND d.id = $3`,
};

/** Only where nobody else has taken it since: what a process that was given up writes late must not count. */
const SETTLE = {
  name: 'settle-delivery',
  text: `
    UPDATE alert_deliveries SET state = $4, reason = $5, next_attempt_at = $6,
      finished_at = CASE WHEN $4 = 'pending' THEN NULL ELSE $7::timestamptz END
    WHERE patient_id = $1 AND id = $2 AND attempts = $3 AND state = 'pending' RETURNING id`,
};

const NEXT_DUE = {
  name: 'next-delivery-due',
  text: 'SELECT min(next_attempt_at) AS at FROM alert_deliveries WHERE next_attempt_at IS NOT NULL',
};

export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'expired' | 'cancelled';

/** How an attempt leaves its delivery. */
interface Settling {
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly nextAttemptAt: Date | null;
  readonly now: Date;
}

@Injectable()
export class DeliveriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** A step taken twice makes no second delivery. */
  async insert(
    manager: EntityManager,
    { patientId, soundingId, episodeId }: Plan,
    rows: readonly NewDelivery[],
    {
      step,
      askedFor,
      dueAt,
      now,
      expiresAt,
    }: { step: number; askedFor: boolean; dueAt: Date; now: Date; expiresAt: Date },
  ): Promise<void> {
    if (rows.length === 0) return;
    const records = rows.map(({ userId, channelId, channelKind }) => ({
      user_id: userId,
      channel_id: channelId,
      channel_kind: channelKind,
    }));
    const shared = [patientId, soundingId, episodeId, step, askedFor, dueAt, now, expiresAt];
    await queryPreparedIn(manager, INSERT, [...shared, JSON.stringify(records)]);
  }

  /**
   * Takes deliveries whose time has come, so that nobody else attempts them while an attempt may last.
   * @param places how many of a kind at most
   */
  claim(places: ReadonlyMap<ChannelKind, number>, now: Date): Promise<ClaimedDelivery[]> {
    return queryPrepared<ClaimedDelivery>(this.dataSource, CLAIM, [now, [...places.keys()], [...places.values()]]);
  }

  async contextOf({ patientId, id }: ClaimedDelivery, now: Date): Promise<DeliveryContext | null> {
    const [row] = await queryPrepared<DeliveryContext>(this.dataSource, CONTEXT, [patientId, now, id]);
    return row ?? null;
  }

  /** Writes down how an attempt ended. Answers whether it still counted. */
  async settle(manager: EntityManager, claimed: ClaimedDelivery, settling: Settling): Promise<boolean> {
    return (await queryPreparedIn(manager, SETTLE, settlingValues(claimed, settling))).length > 0;
  }

  /** Where nothing else is written with it. */
  async settleAlone(claimed: ClaimedDelivery, settling: Settling): Promise<void> {
    await queryPrepared(this.dataSource, SETTLE, settlingValues(claimed, settling));
  }

  /** What a channel's owner sees of its health. A channel whose other side is gone is not asked again. */
  async noteHealth(manager: EntityManager, channelId: string, outcome: OutcomeClass, now: Date): Promise<void> {
    await manager.query(outcome === 'delivered' ? NOTE_SUCCESS : NOTE_FAILURE, [
      channelId,
      now,
      ...(outcome === 'delivered' ? [] : [outcome]),
    ]);
  }

  /** When the next delivery is due; `null` where none waits. */
  async nextDueAt(): Promise<Date | null> {
    const [row] = await queryPrepared<{ at: Date | null }>(this.dataSource, NEXT_DUE, []);
    return row?.at ?? null;
  }
}

const NOTE_SUCCESS = `
  UPDATE alert_channels SET last_success_at = $2, consecutive_failures = 0 WHERE id = $1`;

const NOTE_FAILURE = `
  UPDATE alert_channels SET last_failure_at = $2, last_failure = $3, consecutive_failures = consecutive_failures + 1,
    disabled_at = CASE WHEN $3 = 'gone' THEN coalesce(disabled_at, $2) ELSE disabled_at END
  WHERE id = $1`;

const settlingValues = (
  { patientId, id, attempts }: ClaimedDelivery,
  { state, reason, nextAttemptAt, now }: Settling,
): unknown[] => [patientId, id, attempts, state, reason, nextAttemptAt, now];
