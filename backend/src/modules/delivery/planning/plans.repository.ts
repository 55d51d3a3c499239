import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { queryPrepared, queryPreparedIn } from '../../../database/prepared.js';
import { DEFAULT_ESCALATION, type EscalationChain } from '../../../domain/alerts/escalation.js';
import type { RuleCode } from '../../../domain/alerts/settings.js';
import type { Severity } from '../../../domain/alerts/severity.js';

/** A sounding and how far its chain has been followed. Instants are seconds since the epoch. */
export interface Plan {
  readonly patientId: string;
  readonly soundingId: string;
  readonly episodeId: string;
  readonly rule: RuleCode;
  readonly severity: Severity;
  readonly soundedAt: number;
  readonly chain: EscalationChain;
  readonly stepsTaken: readonly number[];
  /** Somebody wants the next step at once. */
  readonly askedForNext: boolean;
  /** The last step, where nothing of it has arrived or can arrive any more. */
  readonly unreachedStep: number | null;
  /** The alert is over, or somebody who saw it as grave as it is has acknowledged it. */
  readonly isOver: boolean;
  readonly isAcknowledged: boolean;
}

const TOGETHER = 200;

/** How grave something is, as a number that compares. */
export const gravityOf = (severity: string): string =>
  `array_position(ARRAY['info', 'warning', 'urgent'], ${severity})`;

/** Lays down a plan for soundings that have none. The step that comes with the sound is due at once. */
const BEGIN = {
  name: 'begin-plans',
  text: `
    WITH fresh AS (
      SELECT s.patient_id, s.id, s.episode_id, s.severity, s.decided_at FROM alert_soundings s
      WHERE s.decision = 'sound' AND s.planned_at IS NULL ORDER BY s.decided_at LIMIT ${TOGETHER}
      FOR UPDATE SKIP LOCKED
    ), marked AS (
      UPDATE alert_soundings s SET planned_at = $1 FROM fresh WHERE s.patient_id = fresh.patient_id AND s.id = fresh.id
    )
    INSERT INTO alert_plans (patient_id, sounding_id, episode_id, severity, sounded_at, chain, next_step_at)
    SELECT fresh.patient_id, fresh.id, fresh.episode_id, fresh.severity, fresh.decided_at,
      coalesce(own.steps, clinic.steps, $2::jsonb), $1
    FROM fresh JOIN patients p ON p.id = fresh.patient_id
      LEFT JOIN escalation_chains own ON own.patient_id = p.id
      LEFT JOIN escalation_chains clinic ON clinic.organisation_id = p.organisation_id
    RETURNING sounding_id`,
};

const NEXT = {
  name: 'next-plan',
  text: `
    SELECT t.patient_id AS "patientId", t.sounding_id AS "soundingId", t.episode_id AS "episodeId", e.rule, t.severity,
      extract(epoch FROM t.sounded_at)::float8 AS "soundedAt", t.chain, t.steps_taken AS "stepsTaken",
      t.asked_for_next_at IS NOT NULL AS "askedForNext", t.unreached_step AS "unreachedStep",
      e.closed_at IS NOT NULL OR e.voided_at IS NOT NULL AS "isOver",
      EXISTS (SELECT FROM alert_acknowledgements a WHERE a.patient_id = t.patient_id AND a.episode_id = t.episode_id
        AND ${gravityOf('a.severity')} >= ${gravityOf('t.severity')}) AS "isAcknowledged"
    FROM alert_plans t JOIN alert_episodes e ON e.patient_id = t.patient_id AND e.id = t.episode_id
    WHERE t.next_step_at <= $1 ORDER BY t.next_step_at LIMIT 1 FOR UPDATE OF t SKIP LOCKED`,
};

const KEEP = {
  name: 'keep-plan',
  text: `
    UPDATE alert_plans SET steps_taken = $3, next_step_at = to_timestamp($4::float8), asked_for_next_at = NULL,
      unreached_step = NULL
    WHERE patient_id = $1 AND sounding_id = $2`,
};

const PUT_OFF = 'UPDATE alert_plans SET next_step_at = $3 WHERE patient_id = $1 AND sounding_id = $2';

const HOLD = {
  name: 'hold-plan',
  text: 'SELECT 1 FROM alert_plans WHERE patient_id = $1 AND sounding_id = $2 FOR NO KEY UPDATE',
};

/** Whoever snoozed the alert knows of it: such a step is waited for as any other. */
const NOTE_UNREACHED = {
  name: 'note-unreached',
  text: `
    UPDATE alert_plans t SET unreached_step = $3, next_step_at = $4
    WHERE t.patient_id = $1 AND t.sounding_id = $2 AND $3 = (SELECT max(step) FROM unnest(t.steps_taken) AS taken (step))
      AND NOT EXISTS (SELECT FROM alert_deliveries d
        WHERE d.patient_id = t.patient_id AND d.sounding_id = t.sounding_id AND d.step = $3
          AND (d.state IN ('pending', 'delivered') OR d.reason IN ('snoozed', 'acknowledged', 'over')))
    RETURNING t.sounding_id`,
};

@Injectable()
export class PlansRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Answers whether there may be more. */
  async begin(now: Date): Promise<boolean> {
    const begun = await queryPrepared(this.dataSource, BEGIN, [now, JSON.stringify(DEFAULT_ESCALATION)]);
    return begun.length === TOGETHER;
  }

  /** A plan with a step that is due, held until the transaction ends; `null` where others hold what there is. */
  async takeDue(manager: EntityManager, now: Date): Promise<Plan | null> {
    const [plan] = await queryPreparedIn<Plan>(manager, NEXT, [now]);
    return plan ?? null;
  }

  /**
   * Notes, after a delivery of a step has ended without arriving, that the step has reached nobody, where no other may
   * still arrive. Answers whether that is so. Two that end at once see each other.
   */
  async noteUnreached(
    manager: EntityManager,
    patientId: string,
    { soundingId, step }: { soundingId: string; step: number },
    now: Date,
  ): Promise<boolean> {
    await queryPreparedIn(manager, HOLD, [patientId, soundingId]);
    const parameters = [patientId, soundingId, step, now];
    return (await queryPreparedIn(manager, NOTE_UNREACHED, parameters)).length > 0;
  }

  async keep(
    manager: EntityManager,
    { patientId, soundingId }: Plan,
    stepsTaken: readonly number[],
    nextStepAt: number | null,
  ): Promise<void> {
    await queryPreparedIn(manager, KEEP, [patientId, soundingId, stepsTaken, nextStepAt]);
  }

  async putOff(manager: EntityManager, { patientId, soundingId }: Plan, until: Date): Promise<void> {
    await manager.query(PUT_OFF, [patientId, soundingId, until]);
  }
}
