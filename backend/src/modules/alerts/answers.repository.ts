import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RuleCode } from '../../domain/alerts/settings.js';
import type { Severity } from '../../domain/alerts/severity.js';
import type { AccessibleAlert } from './alerts.service.js';

/** An alert that nothing changes until the transaction ends. */
export interface HeldAlert {
  readonly rule: RuleCode;
  readonly severity: Severity;
  readonly isOpen: boolean;
  readonly isMarkedFalse: boolean;
}

const HOLD = `
  SELECT rule, severity, closed_at IS NULL AND voided_at IS NULL AS "isOpen",
    marked_false_at IS NOT NULL AS "isMarkedFalse"
  FROM alert_episodes WHERE patient_id = $1 AND id = $2 FOR NO KEY UPDATE`;

const ACKNOWLEDGE = `
  INSERT INTO alert_acknowledgements (patient_id, episode_id, user_id, severity, at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING RETURNING at`;

const SNOOZE = `
  INSERT INTO alert_snoozes (patient_id, user_id, rule, severity, from_at, until_at) VALUES ($1, $2, $3, $4, $5, $6)`;

const END_SNOOZES = `
  WITH ended AS (
    UPDATE alert_snoozes SET ended_at = $4
    WHERE patient_id = $1 AND user_id = $2 AND (rule = $3 OR rule IS NULL) AND ended_at IS NULL AND until_at > $4
    RETURNING 1
  ) SELECT count(*)::int AS count FROM ended`;

const MARK_FALSE = `
  UPDATE alert_episodes SET marked_false_by = $3, marked_false_at = $4, updated_at = $5 WHERE patient_id = $1 AND id = $2`;

/** Of the sounding that came last: earlier ones of the alert name the same people. */
const ASK_FOR_NEXT_STEP = `
  UPDATE alert_plans SET asked_for_next_at = $3, next_step_at = $3
  WHERE (patient_id, sounding_id) = (SELECT patient_id, sounding_id FROM alert_plans
    WHERE patient_id = $1 AND episode_id = $2 ORDER BY sounded_at DESC LIMIT 1)`;

const IS_ESCALATED = `
  SELECT EXISTS (
    SELECT FROM alert_events
    WHERE patient_id = $1 AND episode_id = $2 AND kind = 'escalated' AND details ->> 'severity' = $3
  ) AS escalated`;

/** What people did about alerts. */
@Injectable()
export class AnswersRepository {
  /** Waits for whoever changes the alert, an evaluation among them. */
  async hold(manager: EntityManager, { patientId, id }: AccessibleAlert): Promise<HeldAlert | null> {
    const [row] = await manager.query<HeldAlert[]>(HOLD, [patientId, id]);
    return row ?? null;
  }

  /** Whether it is new: a person acknowledges one severity once. */
  async acknowledge(
    manager: EntityManager,
    { patientId, id }: AccessibleAlert,
    by: { readonly userId: string; readonly severity: Severity; readonly at: Date },
  ): Promise<boolean> {
    const rows = await manager.query<unknown[]>(ACKNOWLEDGE, [patientId, id, by.userId, by.severity, by.at]);
    return rows.length > 0;
  }

  async snooze(
    manager: EntityManager,
    patientId: string,
    snooze: {
      readonly userId: string;
      readonly rule: RuleCode;
      readonly severity: Severity;
      readonly from: Date;
      readonly until: Date;
    },
  ): Promise<void> {
    const { userId, rule, severity, from, until } = snooze;
    await manager.query(SNOOZE, [patientId, userId, rule, severity, from, until]);
  }

  /** Ends a person's running snoozes that hold back a rule, and says whether there were any. */
  async endSnoozes(
    manager: EntityManager,
    patientId: string,
    { userId, rule, at }: { readonly userId: string; readonly rule: RuleCode; readonly at: Date },
  ): Promise<boolean> {
    const [ended] = await manager.query<{ count: number }[]>(END_SNOOZES, [patientId, userId, rule, at]);
    return (ended?.count ?? 0) > 0;
  }

  /** `null` takes the mark back. */
  async markFalse(
    manager: EntityManager,
    { patientId, id }: AccessibleAlert,
    userId: string | null,
    now: Date,
  ): Promise<void> {
    await manager.query(MARK_FALSE, [patientId, id, userId, userId && now, now]);
  }

  /** Whether somebody has asked already that others be called about it, as grave as it is. */
  /** Has the next step of the chain taken at once, whoever has acknowledged the alert meanwhile. */
  async askForNextStep(manager: EntityManager, { patientId, id }: AccessibleAlert, now: Date): Promise<void> {
    await manager.query(ASK_FOR_NEXT_STEP, [patientId, id, now]);
  }

  async isEscalated(manager: EntityManager, { patientId, id }: AccessibleAlert, severity: Severity): Promise<boolean> {
    const [row] = await manager.query<{ escalated: boolean }[]>(IS_ESCALATED, [patientId, id, severity]);
    return row?.escalated ?? false;
  }
}
