import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import { isGraver, type Severity } from '../../domain/alerts/severity.js';
import type { Actor } from '../auth/actor.js';
import { type AlertEvent, AlertTimeline } from './alert-timeline.js';
import { LONGEST_SNOOZE_MINUTES, type SnoozeRequest } from './alerts.schemas.js';
import type { AccessibleAlert } from './alerts.service.js';
import { AnswersRepository, type HeldAlert } from './answers.repository.js';
import { SoundBell } from './sound-bell.js';

/** An answer as it is given: by whom, when, and to what the alert is at that moment. */
interface Answering {
  readonly manager: EntityManager;
  readonly held: HeldAlert;
  readonly now: Date;
}

/**
 * What people do about alerts. The alert is held meanwhile, so that an answer is to what it is and not to what it was, and
 * whatever changed something stands in the timeline. Answering twice changes nothing the second time.
 */
@Injectable()
export class AnswersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly answers: AnswersRepository,
    private readonly timeline: AlertTimeline,
    private readonly bell: SoundBell,
  ) {}

  /**
   * Acknowledges an alert as grave as it is now; an alert that gets graver asks again. Throws `ALERT_GRAVER` where it has
   * become graver than what the person saw. One that is over takes it as well: somebody has seen it.
   */
  async acknowledge(actor: Actor, alert: AccessibleAlert, seen?: Severity): Promise<void> {
    await this.answer(actor, alert, async ({ manager, held: { severity }, now }) => {
      if (seen !== undefined && isGraver(severity, seen)) throw new Problem('ALERT_GRAVER');
      return this.noteAcknowledgement(manager, actor, alert, severity, now);
    });
  }

  /** Keeps alerts of this rule, as grave as this one or less, from sounding for the caller. Nobody else is concerned. */
  async snooze(actor: Actor, alert: AccessibleAlert, request: SnoozeRequest): Promise<void> {
    await this.answer(actor, alert, async ({ manager, held: { rule, severity, isOpen }, now }) => {
      if (!isOpen) throw new Problem('ALERT_OVER');
      const until = endOf(request, now);
      await this.answers.endSnoozes(manager, alert.patientId, { userId: actor.userId, rule, at: now });
      const { userId } = actor;
      await this.answers.snooze(manager, alert.patientId, { userId, rule, severity, from: now, until });
      return [{ kind: 'snoozed', details: { rule, severity, until: until.toISOString() } }];
    });
  }

  /** Takes the caller's snooze back. */
  async endSnooze(actor: Actor, alert: AccessibleAlert): Promise<void> {
    await this.answer(actor, alert, async ({ manager, held: { rule }, now }) => {
      const hasEnded = await this.answers.endSnoozes(manager, alert.patientId, { userId: actor.userId, rule, at: now });
      return hasEnded ? [{ kind: 'snooze-ended', details: { rule } }] : [];
    });
  }

  /** Notes the wish that whoever comes next in the chain be told now. Throws `ALERT_OVER` where nobody needs to be. */
  async escalate(actor: Actor, alert: AccessibleAlert): Promise<void> {
    await this.answer(actor, alert, async ({ manager, held: { severity, isOpen }, now }) => {
      if (!isOpen) throw new Problem('ALERT_OVER');
      if (await this.answers.isEscalated(manager, alert, severity)) return [];
      await this.answers.askForNextStep(manager, alert, now);
      return [{ kind: 'escalated', details: { severity } }];
    });
    this.bell.ring();
  }

  /** Says that there was nothing, a sensor that was lain on for one. Whoever says so has seen the alert. */
  async markFalse(actor: Actor, alert: AccessibleAlert): Promise<void> {
    await this.answer(actor, alert, async ({ manager, held: { severity, isMarkedFalse }, now }) => {
      const acknowledged = await this.noteAcknowledgement(manager, actor, alert, severity, now);
      if (isMarkedFalse) return acknowledged;
      await this.answers.markFalse(manager, alert, actor.userId, now);
      return [...acknowledged, { kind: 'marked-false' }];
    });
  }

  async unmarkFalse(actor: Actor, alert: AccessibleAlert): Promise<void> {
    await this.answer(actor, alert, async ({ manager, held: { isMarkedFalse }, now }) => {
      if (!isMarkedFalse) return [];
      await this.answers.markFalse(manager, alert, null, now);
      return [{ kind: 'unmarked-false' }];
    });
  }

  private async noteAcknowledgement(
    manager: EntityManager,
    { userId }: Actor,
    alert: AccessibleAlert,
    severity: Severity,
    at: Date,
  ): Promise<Omit<AlertEvent, 'episodeId'>[]> {
    const isNew = await this.answers.acknowledge(manager, alert, { userId, severity, at });
    return isNew ? [{ kind: 'acknowledged', details: { severity } }] : [];
  }

  private async answer(
    actor: Actor,
    alert: AccessibleAlert,
    act: (answering: Answering) => Promise<Omit<AlertEvent, 'episodeId'>[]>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const held = await this.answers.hold(manager, alert);
      if (!held) throw new Problem('NOT_FOUND', 'There is no such alert.');
      const now = this.clock.now();
      const events = await act({ manager, held, now });
      const named = events.map((event) => ({ ...event, episodeId: alert.id, actorUserId: actor.userId }));
      await this.timeline.append(manager, alert.patientId, now, named);
    });
  }
}

function endOf({ minutes, until }: SnoozeRequest, now: Date): Date {
  const end = minutes === undefined ? Date.parse(until ?? '') : now.getTime() + minutes * 60_000;
  if (end > now.getTime() && end <= now.getTime() + LONGEST_SNOOZE_MINUTES * 60_000) return new Date(end);
  throw new Problem('INVALID_INPUT', 'A snooze ends within 24 hours.', [
    { path: 'until', code: 'out_of_range', message: 'Within the next 24 hours.' },
  ]);
}
