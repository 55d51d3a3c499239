import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { TIME_TO_LIVE_SECONDS } from '../../../domain/alerts/delivery.js';
import { isQuiet, isSnoozed, nextStepOf, stepsOf } from '../../../domain/alerts/escalation.js';
import { isTimeZone, wallClock } from '../../../domain/time/zone.js';
import { type AlertEvent, AlertTimeline } from '../../alerts/alert-timeline.js';
import { DeliveriesRepository, type NewDelivery } from '../sending/deliveries.repository.js';
import { type Plan, PlansRepository } from './plans.repository.js';
import { type Recipient, RecipientsRepository } from './recipients.repository.js';

/** A plan that could not be followed is tried again this much later. */
const PUT_OFF_MS = 10_000;

/** Lays down who is told of an alert, step by step, until somebody answers. */
@Injectable()
export class PlannerService {
  private readonly logger = new Logger('Plans');

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
    try {
      await manager.transaction((held) => this.advance(held, plan, now));
    } catch (error) {
      // Whatever is wrong with one plan, the alerts behind it are told of.
      const { patientId, soundingId } = plan;
      this.logger.error({ patientId, soundingId, err: error }, 'nobody could be told of an alert yet');
      await this.plans.putOff(manager, plan, new Date(now.getTime() + PUT_OFF_MS));
    }
    return true;
  }

  private async advance(manager: EntityManager, plan: Plan, now: Date): Promise<void> {
    const { isOver, isAcknowledged, stepsTaken, chain, severity, soundedAt } = plan;
    const ended = isOver || isAcknowledged;
    const { due, nextAt } = stepsOf(chain, { soundedAt, severity, endedAt: null }, now.getTime() / 1000);
    const inTime = ended ? [] : due.filter((step) => !stepsTaken.includes(step));
    const events: AlertEvent[] = [];
    const taken = [...stepsTaken];
    let reached = true;
    const take = async (index: number, early: Early): Promise<void> => {
      taken.push(index);
      reached = await this.take(manager, plan, { index, early, now }, events);
    };
    if (!ended && plan.unreachedStep !== null) reached = noteNobody(plan, plan.unreachedStep, 'not-delivered', events);
    for (const index of inTime) await take(index, null);
    // Who asks for the next step wants somebody told, however grave the chain would have the alert be.
    const asked = plan.askedForNext && !isOver;
    const following = (): number | null => nextStepOf(chain, asked ? 'urgent' : severity, taken);
    if (asked) reached = false;
    // A step that reaches nobody is not waited for.
    for (let next = following(); !reached && next !== null && (asked || !ended); next = following()) {
      await take(next, asked ? 'asked-for' : 'nobody-before');
    }
    await this.timeline.append(manager, plan.patientId, now, events);
    await this.plans.keep(manager, plan, taken, ended ? null : nextAt);
  }

  /**
   * Lays down whom a step tells. Answers whether there is anybody: whoever snoozed the alert knows of it and counts, except
   * where somebody asked for others to be told.
   */
  private async take(
    manager: EntityManager,
    plan: Plan,
    { index, early, now }: { index: number; early: Early; now: Date },
    events: AlertEvent[],
  ): Promise<boolean> {
    const step = plan.chain[index];
    if (!step) return true;
    const named = await this.recipients.of(manager, plan, step.to, now);
    const seconds = now.getTime() / 1000;
    const snoozed = named.filter(({ snoozes }) => isSnoozed(snoozes, plan.severity, seconds));
    const told = named.filter((recipient) => !snoozed.includes(recipient));
    const ways = told.map((recipient) => waysTo(recipient, plan, seconds));
    const due = early ? seconds : plan.soundedAt + step.afterMinutes * 60;
    const rows = told.flatMap(({ userId }, i): NewDelivery[] =>
      (ways[i]?.open ?? []).map((channel) => ({ userId, channelId: channel.id, channelKind: channel.kind })),
    );
    await this.deliveries.insert(manager, plan, rows, {
      step: index,
      askedFor: early === 'asked-for',
      now,
      dueAt: new Date(due * 1000),
      expiresAt: new Date((seconds + TIME_TO_LIVE_SECONDS[plan.severity]) * 1000),
    });
    const quiet = ways.reduce((sum, one) => sum + one.quiet, 0);
    const details = { step: index, to: step.to, people: told.length, snoozed: snoozed.length, quietChannels: quiet };
    events.push({ episodeId: plan.episodeId, kind: 'notified', details });
    const reached = early === 'asked-for' ? told.length : named.length;
    return reached > 0 || noteNobody(plan, index, 'nobody', events);
  }
}

/** Why a step is taken before its time. */
type Early = 'asked-for' | 'nobody-before' | null;

/** `nobody`: the step has nobody to tell. `not-delivered`: nothing that was sent for it arrived, or can arrive any more. */
function noteNobody(plan: Plan, step: number, why: 'nobody' | 'not-delivered', events: AlertEvent[]): false {
  const details = { step, to: plan.chain[step]?.to, why };
  events.push({ episodeId: plan.episodeId, kind: 'nobody-to-tell', details });
  return false;
}

/** The open page always, and what does not rest at this hour. Where the hour is unknown, nothing rests. */
function waysTo({ channels }: Recipient, { severity }: Plan, seconds: number) {
  const open = channels.filter(({ quietHours, timeZone }) => {
    if (!isTimeZone(timeZone)) return true;
    const minuteOfDay = Math.floor(wallClock(timeZone, seconds) / 60) % 1_440;
    return !isQuiet(quietHours, minuteOfDay, severity);
  });
  return { open: [{ id: null, kind: 'live' as const }, ...open], quiet: channels.length - open.length };
}
