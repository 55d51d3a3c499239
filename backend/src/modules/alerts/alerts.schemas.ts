import * as z from 'zod';
import { limitUpTo, pageOf } from '../../common/pagination.js';
import { Instant, Unit } from '../../common/wire.js';
import { RULE_CODES } from '../../domain/alerts/settings.js';
import { SILENT_PARTS } from '../../domain/alerts/uploader-silence.js';
import { SEVERITIES } from '../../domain/alerts/severity.js';
import { PATTERN_KINDS } from '../../domain/patterns/clinical/candidate.js';
import { LastReading } from '../glycemia/overview.schema.js';

export const AlertRule = z.enum(RULE_CODES).meta({ id: 'AlertRule' });
export const AlertSeverity = z.enum(SEVERITIES).meta({ id: 'AlertSeverity' });

export const AlertPerson = z.object({ id: z.uuid(), displayName: z.string() }).meta({ id: 'AlertPerson' });
export const GlucoseValue = z.object({ value: z.number(), unit: Unit }).meta({ id: 'GlucoseValue' });

export const AlertReading = z
  .object({
    measuredAt: Instant,
    value: z.number(),
    unit: Unit,
    censored: z.enum(['low', 'high']).nullable(),
  })
  .meta({ id: 'AlertReading' });

/** The person's newest reading as of the answer, and when it will count for less: a page may be looked at for long. */
export const LatestReading = LastReading.extend({
  trendMgdlPerMinute: z.number().nullable(),
  delayedAt: Instant.meta({ description: 'From here on it is not current any more.' }),
  staleAt: Instant.meta({ description: 'After this it tells no trend.' }),
  lostAt: Instant.meta({ description: 'After this it must not be shown as a present value.' }),
}).meta({ id: 'LatestReading' });
export type LatestReading = z.infer<typeof LatestReading>;

/** What an alert opened on. Values are in the unit of the reading that opened it. */
export const AlertEvidence = z
  .object({
    readings: z.array(AlertReading).meta({ description: 'The half hour up to the opening, ascending.' }),
    ratePerMinute: GlucoseValue.nullable(),
    expected: GlucoseValue.extend({ minutes: z.int() })
      .nullable()
      .meta({ description: 'The middle of the forecast, some minutes after the opening.' }),
    threshold: GlucoseValue.nullable().meta({ description: 'The threshold that held then.' }),
    nights: z
      .array(
        z.object({
          day: z.iso.date().meta({ description: 'The local date of the morning.' }),
          from: Instant,
          minutes: z.number(),
          lowest: GlucoseValue,
        }),
      )
      .meta({ description: 'The nights that a finding is about.' }),
    coveredNights: z
      .int()
      .nullable()
      .meta({ description: 'How many of the fourteen nights a finding looks at were measured; null for other rules.' }),
    finding: z
      .object({ kind: z.enum(PATTERN_KINDS), part: z.string().nullable() })
      .nullable()
      .meta({ description: 'What was found, in the words of the patterns; null for other rules.' }),
    uploader: z
      .object({
        silent: z.enum(SILENT_PARTS).meta({
          description: 'Sensor: the uploader was heard lately, without a new reading. Uploader: nothing was heard.',
        }),
        heardAt: Instant.nullable().meta({ description: 'When anything last came from the uploader.' }),
        judgedAt: Instant,
      })
      .nullable()
      .meta({ description: 'What is silent, as known when it was last judged; null for other rules than no-data.' }),
  })
  .meta({ id: 'AlertEvidence' });

export const AlertAcknowledgement = z
  .object({ at: Instant, severity: AlertSeverity, by: AlertPerson })
  .meta({ id: 'AlertAcknowledgement' });

/** One person's wish to hear no more of a rule for a while. It outlasts new readings and ends with a graver alert. */
export const AlertSnooze = z
  .object({
    id: z.uuid(),
    by: AlertPerson,
    rule: AlertRule.nullable().meta({ description: 'Null where it concerns every rule.' }),
    severity: AlertSeverity.meta({ description: 'Anything graver sounds all the same.' }),
    from: Instant,
    until: Instant,
    endedAt: Instant.nullable().meta({ description: 'When it was taken back.' }),
  })
  .meta({ id: 'AlertSnooze' });

export const AlertSounding = z
  .object({
    severity: AlertSeverity,
    at: Instant,
    decidedAt: Instant,
    decision: z.enum(['sound', 'over', 'stale']),
  })
  .meta({ id: 'AlertSounding' });

/** One message to one person by one way. Never where it went. */
export const AlertDelivery = z
  .object({
    to: AlertPerson,
    channel: z
      .enum(['live', 'web-push', 'email', 'webhook'])
      .meta({ description: 'Live is an open page: delivered once a stream of the person was sent the alert.' }),
    step: z.int().meta({ description: 'Of the escalation chain, from 0.' }),
    state: z.enum(['pending', 'delivered', 'failed', 'expired', 'cancelled']),
    reason: z.string().nullable().meta({ description: 'The outcome of the last attempt, or why nothing is sent.' }),
    attempts: z.int(),
    dueAt: Instant.meta({ description: 'When the person was to be told.' }),
    finishedAt: Instant.nullable(),
    at: Instant.meta({ description: 'When it finished, else when it was due.' }),
  })
  .meta({ id: 'AlertDelivery' });

export const Alert = z
  .object({
    id: z.uuid(),
    patientId: z.uuid(),
    patientDisplayName: z.string(),
    rule: AlertRule,
    severity: AlertSeverity,
    state: z.enum(['open', 'closed', 'voided']).meta({ description: 'Voided: late data showed that it never was.' }),
    onsetAt: Instant,
    openedAt: Instant,
    lastAt: Instant,
    closedAt: Instant.nullable(),
    closedBy: z.string().nullable(),
    detectedAt: Instant.meta({ description: 'When GlucoLens first saw it.' }),
    voidedAt: Instant.nullable(),
    suspectedCompression: z.boolean(),
    evidence: AlertEvidence,
    latestReading: LatestReading.nullable().meta({
      description: 'Null once the alert is over, and where nothing was measured.',
    }),
    acknowledged: z.boolean().meta({ description: 'By anybody, as grave as it is now.' }),
    acknowledgements: z.array(AlertAcknowledgement),
    snoozedUntil: Instant.nullable().meta({ description: 'For the caller alone.' }),
    snoozes: z.array(AlertSnooze),
    markedFalse: z.object({ at: Instant, by: AlertPerson }).nullable(),
    soundings: z.array(AlertSounding),
    deliveries: z.array(AlertDelivery),
  })
  .meta({ id: 'Alert' });
export type Alert = z.infer<typeof Alert>;

export const AlertTimelineEntry = z
  .object({
    at: Instant,
    kind: z.string(),
    by: AlertPerson.nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AlertTimelineEntry' });

export type AlertTimelineEntry = z.infer<typeof AlertTimelineEntry>;

export const AlertWithTimeline = Alert.extend({ timeline: z.array(AlertTimelineEntry) }).meta({
  id: 'AlertWithTimeline',
});
export type AlertWithTimeline = z.infer<typeof AlertWithTimeline>;

export const AlertPage = pageOf(Alert).meta({ id: 'AlertPage' });
export type AlertPage = z.infer<typeof AlertPage>;

/** Open alerts of every patient the caller may read, whatever the list was narrowed to. */
export const AlertCounts = z
  .object({ open: z.int(), unacknowledged: z.int(), urgent: z.int(), warning: z.int(), info: z.int() })
  .meta({ id: 'AlertCounts' });

/** Those that nobody has acknowledged first, then the gravest, then the newest; what is over comes last. */
export const AlertInbox = AlertPage.extend({ counts: AlertCounts }).meta({ id: 'AlertInbox' });
export type AlertInbox = z.infer<typeof AlertInbox>;

const State = z.enum(['open', 'all']);

export const InboxQuery = z.object({
  state: z
    .enum([...State.options, 'unacknowledged'])
    .default('open')
    .meta({
      description: '`all` goes back 14 days, or to `from`; `unacknowledged` are open ones that nobody answered.',
    }),
  severity: AlertSeverity.optional(),
  patientId: z.uuid().optional(),
  from: Instant.optional(),
  limit: limitUpTo(1_000),
  cursor: z.string().max(500).optional(),
});
export type InboxQuery = z.infer<typeof InboxQuery>;

export const PatientAlertsQuery = z.object({
  state: State.default('all'),
  from: Instant.optional(),
  to: Instant.optional(),
  limit: limitUpTo(1_000),
  cursor: z.string().max(500).optional(),
});
export type PatientAlertsQuery = z.infer<typeof PatientAlertsQuery>;

/** `severity` is what the person saw: one that is less grave than the alert by now acknowledges nothing. */
export const AcknowledgeRequest = z
  .object({ severity: AlertSeverity.optional() })
  .nullish()
  .meta({ id: 'AcknowledgeRequest' });
export type AcknowledgeRequest = z.infer<typeof AcknowledgeRequest>;

export const LONGEST_SNOOZE_MINUTES = 24 * 60;

export const SnoozeRequest = z
  .object({
    minutes: z.int().min(1).max(LONGEST_SNOOZE_MINUTES).optional(),
    until: Instant.optional().meta({ description: 'In place of `minutes`, within the next 24 hours.' }),
  })
  .refine(({ minutes, until }) => (minutes === undefined) !== (until === undefined), {
    path: ['minutes'],
    message: 'Either minutes or until.',
  })
  .meta({ id: 'SnoozeRequest' });
export type SnoozeRequest = z.infer<typeof SnoozeRequest>;

export const StatisticsQuery = z.object({ days: z.coerce.number().int().min(1).max(90).default(14) });
export type StatisticsQuery = z.infer<typeof StatisticsQuery>;

/** What came of a patient's alerts, so that a clinic can tell which rules are worth their noise. */
export const AlertStatistics = z
  .object({
    from: Instant,
    to: Instant,
    rules: z.array(
      z.object({
        rule: AlertRule,
        alerts: z.int(),
        alertsPerDay: z.number(),
        sounded: z.int(),
        actedOnPercent: z.number().nullable(),
        markedFalsePercent: z.number().nullable(),
        medianSecondsToAcknowledge: z
          .number()
          .nullable()
          .meta({ description: 'From the first sound; null where nobody acknowledged any.' }),
      }),
    ),
  })
  .meta({ id: 'AlertStatistics' });
export type AlertStatistics = z.infer<typeof AlertStatistics>;
