import type { AlertEvidence } from '../../domain/alerts/evidence.js';
import type { RuleCode } from '../../domain/alerts/settings.js';
import type { Severity } from '../../domain/alerts/severity.js';
import { SAMPLE_BYTES } from '../../domain/glycemia/day-samples.js';
import type { Alert } from './alerts.schemas.js';

/** An instant as PostgreSQL writes it into JSON. */
type JsonInstant = string;
type HexBytes = string;

interface PersonRow {
  readonly userId: string;
  readonly displayName: string;
}

/** An alert as it is read, with what people did about it. */
export interface AlertRow {
  readonly id: string;
  readonly patientId: string;
  readonly patientUserId: string | null;
  readonly patientDisplayName: string;
  readonly rule: RuleCode;
  readonly severity: Severity;
  readonly onsetAt: Date;
  readonly openedAt: Date;
  readonly lastAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly detectedAt: Date;
  readonly voidedAt: Date | null;
  readonly suspectedCompression: boolean;
  readonly evidence: AlertEvidence;
  readonly acknowledged: boolean;
  readonly acknowledgements: readonly (PersonRow & { readonly at: JsonInstant; readonly severity: Severity })[] | null;
  readonly snoozes: readonly SnoozeRow[] | null;
  readonly markedFalse: (PersonRow & { readonly at: JsonInstant }) | null;
  readonly soundings:
    | readonly {
        readonly severity: Severity;
        readonly at: JsonInstant;
        readonly decidedAt: JsonInstant;
        readonly decision: Alert['soundings'][number]['decision'];
      }[]
    | null;
  readonly deliveries: readonly DeliveryRow[] | null;
  /** The newest samples of the person, enough for a trend; `null` once the alert is over, and where there are none. */
  readonly latest: readonly { readonly startsAt: number; readonly samples: HexBytes }[] | null;
  /** How pressing it is: 0 where it is over, else 1 to 6. */
  readonly rank: number;
}

export interface DeliveryRow
  extends PersonRow, Pick<Alert['deliveries'][number], 'channel' | 'step' | 'state' | 'reason' | 'attempts'> {
  readonly dueAt: JsonInstant;
  readonly finishedAt: JsonInstant | null;
}

export interface SnoozeRow extends PersonRow {
  readonly id: string;
  readonly rule: RuleCode | null;
  readonly severity: Severity;
  readonly from: JsonInstant;
  readonly until: JsonInstant;
  readonly endedAt: JsonInstant | null;
}

const GRAVITY = `ARRAY['info', 'warning', 'urgent']`;
const gravityOf = (severity: string): string => `array_position(${GRAVITY}, ${severity})`;

/** Whether anybody has acknowledged episode `e` as grave as it is now. */
export const IS_ACKNOWLEDGED = `EXISTS (
  SELECT FROM alert_acknowledgements a WHERE a.patient_id = e.patient_id AND a.episode_id = e.id
    AND ${gravityOf('a.severity')} >= ${gravityOf('e.severity')})`;

export const IS_OPEN = `(e.closed_at IS NULL AND e.voided_at IS NULL)`;

/** The order of an inbox: unacknowledged before acknowledged, grave before slight, over last. */
export const RANK = `CASE WHEN NOT ${IS_OPEN} THEN 0
  ELSE ${gravityOf('e.severity')} + CASE WHEN ${IS_ACKNOWLEDGED} THEN 0 ELSE 3 END END`;

const PERSON = `'userId', u.id, 'displayName', u.display_name`;

const ANSWERS = `
  ${IS_ACKNOWLEDGED} AS acknowledged,
  (SELECT json_agg(json_build_object(${PERSON}, 'at', a.at, 'severity', a.severity) ORDER BY a.at)
    FROM alert_acknowledgements a JOIN users u ON u.id = a.user_id
    WHERE a.patient_id = e.patient_id AND a.episode_id = e.id) AS acknowledgements,
  (SELECT json_agg(json_build_object(${PERSON}, 'id', s.id, 'rule', s.rule, 'severity', s.severity, 'from', s.from_at,
      'until', s.until_at, 'endedAt', s.ended_at) ORDER BY s.from_at)
    FROM alert_snoozes s JOIN users u ON u.id = s.user_id
    WHERE s.patient_id = e.patient_id AND (s.rule IS NULL OR s.rule = e.rule)
      AND s.from_at <= coalesce(e.closed_at, 'infinity') AND s.until_at > e.opened_at) AS snoozes,
  (SELECT json_build_object(${PERSON}, 'at', e.marked_false_at) FROM users u WHERE u.id = e.marked_false_by)
    AS "markedFalse",
  (SELECT json_agg(json_build_object('severity', s.severity, 'at', s.at, 'decidedAt', s.decided_at,
      'decision', s.decision) ORDER BY s.at)
    FROM alert_soundings s WHERE s.patient_id = e.patient_id AND s.episode_id = e.id) AS soundings,
  (SELECT json_agg(json_build_object(${PERSON}, 'channel', d.channel_kind, 'step', d.step, 'state', d.state,
      'reason', d.reason, 'attempts', d.attempts, 'dueAt', d.due_at, 'finishedAt', d.finished_at)
      ORDER BY d.created_at, d.step, d.channel_kind, d.id)
    FROM alert_deliveries d JOIN users u ON u.id = d.user_id
    WHERE d.patient_id = e.patient_id AND d.episode_id = e.id) AS deliveries`;

/** A quarter of an hour and more, also where a sensor reads every minute. */
const TREND_SAMPLES = 18;

/** Of the two newest days: just after midnight a trend began on the day before. */
const LATEST = `
  CASE WHEN ${IS_OPEN} THEN (SELECT json_agg(json_build_object('startsAt', extract(epoch FROM d.starts_at)::float8,
      'samples', encode(substring(d.samples FROM greatest(1, octet_length(d.samples) - ${TREND_SAMPLES * SAMPLE_BYTES - 1})),
        'hex')) ORDER BY d.starts_at)
    FROM (SELECT starts_at, samples FROM glucose_days WHERE patient_id = e.patient_id ORDER BY day DESC LIMIT 2) d) END
    AS latest`;

/** The columns of an `AlertRow`, of `alert_episodes e` and `patients p`. */
export const ALERT_COLUMNS = `
  e.id, e.patient_id AS "patientId", p.user_id AS "patientUserId", p.display_name AS "patientDisplayName", e.rule,
  e.severity, e.onset_at AS "onsetAt", e.opened_at AS "openedAt", e.last_at AS "lastAt", e.closed_at AS "closedAt",
  e.closed_by AS "closedBy", e.detected_at AS "detectedAt", e.voided_at AS "voidedAt",
  e.suspected_compression AS "suspectedCompression", e.evidence, ${RANK} AS rank, ${LATEST}, ${ANSWERS}`;
