import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { TIME_TO_LIVE_SECONDS } from '../../../domain/alerts/delivery.js';
import { isQuiet, isSnoozed, stepsOf } from '../../../domain/alerts/escalation.js';
import { wallClock } from '../../../domain/time/zone.js';
import { AlertTimeline } from '../../alerts/alert-timeline.js';
import { DeliveriesRepository, type NewDelivery } from '../sending/deliveries.repository.js';
import { type Plan, PlansRepository } from './plans.repository.js';
import { type Recipient, RecipientsRepository } from './recipients.repository.js';

/** Lays down who is told of an alert, step by step, until somebody answers. */
@Injectable()
export class PlannerService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly plans: PlansRepository,
    private readonly recipients: RecipientsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly timeline: AlertTimeline,
  ) {}

  /** Begins what has sounded, and takes every step whose time has come. */
  async planDue(): Promise<void> {
    while (await this.plans.begin(this.clock.now()));
    while (await this.dataSource.transaction((manager) => this.advanceOne(manager)));
  }

  private async advanceOne(manager: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    const plan = await this.plans.takeDue(manager, now);
    if (!plan) return false;
    const { isOver, isAcknowledged, stepsTaken, askedForNext, chain, severity, soundedAt } = plan;
    const ended = isOver || isAcknowledged;
    const { due, nextAt } = stepsOf(chain, { soundedAt, severity, endedAt: null }, now.getTime() / 1000);
    const inTime = ended ? [] : due.filter((step) => !stepsTaken.includes(step));
    const asked = askedForNext && !isOver ? nextOf(plan, inTime) : [];
    for (const step of inTime) await this.take(manager, plan, step, now, false);
    for (const step of asked) await this.take(manager, plan, step, now, true);
    await this.plans.keep(manager, plan, [...stepsTaken, ...inTime, ...asked], ended ? null : nextAt);
    return true;
  }

  private async take(manager: EntityManager, plan: Plan, index: number, now: Date, askedFor: boolean): Promise<void> {
    const step = plan.chain[index];
    if (!step) return;
    const named = await this.recipients.of(manager, plan, step.to, now);
    const seconds = now.getTime() / 1000;
    const snoozed = named.filter(({ snoozes }) => isSnoozed(snoozes, plan.severity, seconds));
    const told = named.filter((recipient) => !snoozed.includes(recipient));
    const ways = told.map((recipient) => waysTo(recipient, plan, seconds));
    const due = askedFor ? seconds : plan.soundedAt + step.afterMinutes * 60;
    const rows = told.flatMap(({ userId }, i): NewDelivery[] =>
      (ways[i]?.open ?? []).map((channel) => ({ userId, channelId: channel.id, channelKind: channel.kind })),
    );
    await this.deliveries.insert(manager, plan, rows, {
      step: index,
      askedFor,
      now,
      dueAt: new Date(due * 1000),
      expiresAt: new Date((seconds + TIME_TO_LIVE_SECONDS[plan.severity]) * 1000),
    });
    const quiet = ways.reduce((sum, one) => sum + one.quiet, 0);
    const details = { step: index, to: step.to, people: told.length, snoozed: snoozed.length, quietChannels: quiet };
    const { episodeId } = plan;
    await this.timeline.append(manager, plan.patientId, now, [{ episodeId, kind: 'notified', details }]);
  }
}

/** The step that somebody asks for before its time: the next one, however grave it wants the alert to be. */
function nextOf({ chain, stepsTaken }: Plan, inTime: readonly number[]): number[] {
  const next = [...chain.keys()].find((step) => !stepsTaken.includes(step) && !inTime.includes(step));
  return next === undefined ? [] : [next];
}

/** The open page always, and what does not rest at this hour. */
function waysTo({ channels }: Recipient, { severity }: Plan, seconds: number) {
  const open = channels.filter(({ quietHours, timeZone }) => {
    const minuteOfDay = Math.floor(wallClock(timeZone, seconds) / 60) % 1_440;
    return !isQuiet(quietHours, minuteOfDay, severity);
  });
  return { open: [{ id: null, kind: 'live' as const }, ...open], quiet: channels.length - open.length };
}
