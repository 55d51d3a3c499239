import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { LATE_SECONDS, retryDelaySeconds } from '../../../domain/alerts/delivery.js';
import { isSnoozed } from '../../../domain/alerts/escalation.js';
import { AlertTimeline } from '../../alerts/alert-timeline.js';
import { fullWords, privateWords } from '../alert-texts.js';
import { CHANNELS, type Channels } from '../channels/channels.js';
import { type AlertMessage, isFinal, type OutcomeClass } from '../channels/delivery-channel.js';
import { PlannerService } from '../planning/planner.service.js';
import { PlansRepository } from '../planning/plans.repository.js';
import {
  type ClaimedDelivery,
  DeliveriesRepository,
  type DeliveryContext,
  type DeliveryState,
} from './deliveries.repository.js';

/** Makes one attempt at one delivery and writes down how it went. */
@Injectable()
export class AttemptService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly deliveries: DeliveriesRepository,
    private readonly plans: PlansRepository,
    private readonly planner: PlannerService,
    private readonly timeline: AlertTimeline,
    private readonly metrics: Metrics,
    @Inject(CHANNELS) private readonly channels: Channels,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async attempt(claimed: ClaimedDelivery): Promise<void> {
    const now = this.clock.now();
    const context = await this.deliveries.contextOf(claimed, now);
    if (!context) return;
    const reason = unwanted(context, now);
    if (reason !== null) return this.cancel(claimed, context, reason);
    const start = performance.now();
    const outcome = await this.channels[context.channelKind].send(
      context.channelId ?? '',
      context.target,
      this.messageOf(claimed, context, now),
    );
    await this.conclude(claimed, context, outcome, Math.round(performance.now() - start));
  }

  private messageOf({ id }: ClaimedDelivery, context: DeliveryContext, now: Date): AlertMessage {
    const { severity, episodeId, content, timeZone, expiresAt } = context;
    const words = content === 'full' ? fullWords(context, timeZone ?? 'UTC') : privateWords();
    return {
      ...words,
      idempotencyKey: id,
      kind: 'alert',
      severity,
      url: new URL(`/alerts/${episodeId}`, this.environment.PUBLIC_URL).href,
      alertId: episodeId,
      sentAt: now,
      expiresAt,
    };
  }

  /** Nothing was sent, and nothing will be. */
  private async cancel(claimed: ClaimedDelivery, context: DeliveryContext, reason: Unwanted): Promise<void> {
    const now = this.clock.now();
    const { episodeId, channelKind, severity, step } = context;
    const state = reason === 'expired' ? 'expired' : 'cancelled';
    const { counted, unreached } = await this.dataSource.transaction(async (manager) => {
      const settled = await this.deliveries.settle(manager, claimed, { state, reason, nextAttemptAt: null, now });
      if (!settled) return { counted: false, unreached: false };
      const details = { channel: channelKind, step, reason };
      await this.timeline.append(manager, claimed.patientId, now, [{ episodeId, kind: 'delivery-cancelled', details }]);
      return { counted: true, unreached: await this.plans.noteUnreached(manager, claimed.patientId, context, now) };
    });
    if (unreached) await this.planner.planDue();
    const labels = { channel: channelKind, severity, outcome: state } as const;
    if (counted) this.metrics.count('glucolens_alert_deliveries_total', labels);
  }

  private async conclude(
    claimed: ClaimedDelivery,
    context: DeliveryContext,
    outcome: OutcomeClass,
    milliseconds: number,
  ): Promise<void> {
    const now = this.clock.now();
    const { episodeId, channelId, channelKind, step } = context;
    const next = nextStateOf(outcome, claimed.attempts, context.expiresAt, now);
    const isPending = next.state === 'pending';
    const settling = { ...next, reason: outcome, now };
    // That a page may not be open yet is worth no line, and no count.
    if (outcome === 'no-page' && isPending) return this.deliveries.settleAlone(claimed, settling);
    const { counted, unreached } = await this.dataSource.transaction(async (manager) => {
      const settled = await this.deliveries.settle(manager, claimed, settling);
      if (channelId) await this.deliveries.noteHealth(manager, channelId, outcome, now);
      const details = { channel: channelKind, step, attempt: claimed.attempts, outcome, milliseconds };
      await this.timeline.append(manager, claimed.patientId, now, [{ episodeId, kind: 'delivery-attempt', details }]);
      const isLost = settled && !isPending && next.state !== 'delivered';
      const { patientId } = claimed;
      return {
        counted: settled,
        unreached: isLost && (await this.plans.noteUnreached(manager, patientId, context, now)),
      };
    });
    if (unreached) await this.planner.planDue();
    if (counted) this.tell(context, outcome, next.state, now);
  }

  private tell(
    { channelKind: channel, severity, dueAt }: DeliveryContext,
    attempt: OutcomeClass,
    state: DeliveryState,
    now: Date,
  ): void {
    // That nobody had a page open is no fault of anything.
    const outcome = attempt === 'no-page' ? attempt : state === 'pending' ? 'retried' : state;
    this.metrics.count('glucolens_alert_deliveries_total', { channel, severity, outcome });
    if (state !== 'delivered') return;
    const seconds = Math.max(0, (now.getTime() - dueAt.getTime()) / 1000);
    this.metrics.observe('glucolens_alert_delivery_lag_seconds', { channel }, seconds);
    if (seconds > LATE_SECONDS) this.metrics.count('glucolens_alert_deliveries_late_total', { channel, severity });
  }
}

/** After seven seconds a page that is open has been told. */
const LOOKS_FOR_A_PAGE = 3;

type Unwanted = 'acknowledged' | 'over' | 'snoozed' | 'no-access' | 'channel-off' | 'expired';

/** Why a message that was planned is not to be sent after all. */
function unwanted(context: DeliveryContext, now: Date): Unwanted | null {
  if (context.isOver) return 'over';
  if (context.isAcknowledged) return 'acknowledged';
  if (!context.mayRead) return 'no-access';
  if (!context.isUsable) return 'channel-off';
  if (isSnoozed(context.snoozes, context.severity, now.getTime() / 1000)) return 'snoozed';
  return now >= context.expiresAt ? 'expired' : null;
}

/** A retry that would come too late is none. */
function nextStateOf(
  outcome: OutcomeClass,
  attempts: number,
  expiresAt: Date,
  now: Date,
): { state: DeliveryState; nextAttemptAt: Date | null } {
  if (outcome === 'delivered') return { state: 'delivered', nextAttemptAt: null };
  if (isFinal(outcome) || (outcome === 'no-page' && attempts >= LOOKS_FOR_A_PAGE))
    return { state: 'failed', nextAttemptAt: null };
  const next = new Date(now.getTime() + retryDelaySeconds(attempts) * 1000);
  return next < expiresAt ? { state: 'pending', nextAttemptAt: next } : { state: 'expired', nextAttemptAt: null };
}
