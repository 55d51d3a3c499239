import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { Clock } from '../../common/clock.js';
import { cutPage, decodeCursor, TimeKey } from '../../common/pagination.js';
import { Problem } from '../../common/problem.js';
import { isUuid } from '../../common/uuid.js';
import { RULE_CODES } from '../../domain/alerts/settings.js';
import { RepeatedLooks } from '../audit/repeated-looks.service.js';
import type { Actor } from '../auth/actor.js';
import { type Occasion, PatientAccessService } from '../patients/patient-access.service.js';
import { toAlert, toTimelineEntry } from './alert-wire.js';
import { StatisticsRepository } from './statistics.repository.js';
import { AlertsRepository } from './alerts.repository.js';
import type {
  AlertStatistics,
  StatisticsQuery,
  AlertInbox,
  AlertPage,
  AlertWithTimeline,
  InboxQuery,
  PatientAlertsQuery,
} from './alerts.schemas.js';

const InboxKey = z.tuple([z.int().min(0), z.iso.datetime(), z.uuid()]);
const INBOX_DAYS = 14;

/** An alert that the caller was let through to. */
export interface AccessibleAlert {
  readonly id: string;
  readonly patientId: string;
}

/** What alerts there are, for those who may know. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly alerts: AlertsRepository,
    private readonly access: PatientAccessService,
    private readonly looks: RepeatedLooks,
    private readonly ruleStatistics: StatisticsRepository,
    private readonly clock: Clock,
  ) {}

  /** Alerts of everybody the caller may read, most urgent first; patients shown to another person leave one audit row. */
  async inbox(actor: Actor, query: InboxQuery, { action, requestId }: Occasion): Promise<AlertInbox> {
    const now = this.clock.now();
    const { state, severity = null, patientId = null, limit } = query;
    const fortnightAgo = new Date(now.getTime() - INBOX_DAYS * 86_400_000).toISOString();
    const since = state === 'all' ? (query.from ?? fortnightAgo) : null;
    const narrowed = { since, severity, patientId, unacknowledged: state === 'unacknowledged' };
    const after = decodeCursor(query.cursor, InboxKey);
    const rows = await this.alerts.inboxOf(actor.userId, now, narrowed, after, limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, (last) => [last.rank, last.openedAt.toISOString(), last.id]);
    const others = items.filter((row) => row.patientUserId !== actor.userId).map((row) => row.patientId);
    const subject = JSON.stringify(query);
    await this.looks.record({ actor, patientIds: [...new Set(others)], action, requestId, subject });
    const counts = await this.alerts.openCounts(actor.userId, now);
    return { items: items.map((row) => toAlert(row, actor.userId, now)), nextCursor, counts };
  }

  /** Alerts of one patient, oldest first, as every list by time. */
  async ofPatient(actor: Actor, patientId: string, query: PatientAlertsQuery): Promise<AlertPage> {
    const { state, from = null, to = null, limit } = query;
    const after = decodeCursor(query.cursor, TimeKey);
    const rows = await this.alerts.ofPatient(patientId, { openOnly: state === 'open', from, to }, after, limit + 1);
    const { items, nextCursor } = cutPage(rows, limit, (last) => [last.openedAt.toISOString(), last.id]);
    const now = this.clock.now();
    return { items: items.map((row) => toAlert(row, actor.userId, now)), nextCursor };
  }

  /** One alert with everything that happened to it. */
  async describe(actor: Actor, { patientId, id }: AccessibleAlert): Promise<AlertWithTimeline> {
    const timeline = await this.alerts.timelineOf(patientId, id);
    const row = await this.alerts.find(patientId, id);
    if (!row) throw noSuchAlert();
    return { ...toAlert(row, actor.userId, this.clock.now()), timeline: timeline.map(toTimelineEntry) };
  }

  /** What came of each rule's alerts; every rule is there, also those without any. */
  async statistics(patientId: string, { days }: StatisticsQuery): Promise<AlertStatistics> {
    const now = this.clock.now();
    const from = new Date(now.getTime() - days * 86_400_000);
    const found = await this.ruleStatistics.of(patientId, from);
    const none = {
      alerts: 0,
      sounded: 0,
      actedOnPercent: null,
      markedFalsePercent: null,
      medianSecondsToAcknowledge: null,
    };
    const rules = RULE_CODES.map((rule) => {
      const one = found.find((row) => row.rule === rule) ?? { rule, ...none };
      return { ...one, alertsPerDay: Math.round((one.alerts / days) * 100) / 100 };
    });
    return { from: from.toISOString(), to: now.toISOString(), rules };
  }

  /** Lets a reader of the patient through. Everybody else is told the same as of an alert that does not exist. */
  async authorise(actor: Actor, alertId: string, occasion: Occasion): Promise<AccessibleAlert> {
    const patientId = isUuid(alertId) ? await this.alerts.patientOf(alertId) : null;
    if (patientId === null) throw noSuchAlert();
    await this.access.authoriseFor(actor, { patientId }, 'read', occasion, noSuchAlert);
    return { id: alertId, patientId };
  }
}

const noSuchAlert = (): Problem => new Problem('NOT_FOUND', 'There is no such alert.');
