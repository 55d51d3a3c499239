import { unpackDays } from '../../domain/glycemia/day-samples.js';
import { FRESHNESS_ENDS_SECONDS } from '../../domain/glycemia/freshness.js';
import { type AlertEvidence, EXPECTED_IN_MINUTES } from '../../domain/alerts/evidence.js';
import { isSnoozed } from '../../domain/alerts/escalation.js';
import { type Threshold, thresholdIn } from '../../domain/glycemia/targets.js';
import { censoringOf, type GlucoseUnit, MGDL_PER_MMOLL, unitOf } from '../../domain/glycemia/units.js';
import { isoDay } from '../../domain/time/zone.js';
import { toLiveReading } from '../glycemia/overview.js';
import type { AlertRow, DeliveryRow, SnoozeRow } from './alert-rows.js';
import type { TimelineRow } from './alerts.repository.js';
import type { Alert, AlertTimelineEntry, LatestReading } from './alerts.schemas.js';

const iso = (instant: string | Date): string => new Date(instant).toISOString();
const isoOrNull = (instant: string | Date | null): string | null => instant && iso(instant);
const person = ({ userId, displayName }: { userId: string; displayName: string }) => ({ id: userId, displayName });

/** An alert as it goes out to one caller. */
export function toAlert(row: AlertRow, callerId: string, now: Date): Alert {
  return {
    id: row.id,
    patientId: row.patientId,
    patientDisplayName: row.patientDisplayName,
    rule: row.rule,
    severity: row.severity,
    state: row.voidedAt !== null ? 'voided' : row.closedAt !== null ? 'closed' : 'open',
    onsetAt: iso(row.onsetAt),
    openedAt: iso(row.openedAt),
    lastAt: iso(row.lastAt),
    closedAt: isoOrNull(row.closedAt),
    closedBy: row.closedBy,
    detectedAt: iso(row.detectedAt),
    voidedAt: isoOrNull(row.voidedAt),
    suspectedCompression: row.suspectedCompression,
    evidence: { ...toEvidence(row.evidence), finding: row.rule === 'finding' ? NIGHT_LOWS : null },
    latestReading: toLatestReading(row.latest, now),
    acknowledged: row.acknowledged,
    acknowledgements: (row.acknowledgements ?? []).map((one) => ({
      at: iso(one.at),
      severity: one.severity,
      by: person(one),
    })),
    snoozedUntil: snoozedUntil(row, callerId, now),
    snoozes: (row.snoozes ?? []).map((one) => ({
      id: one.id,
      by: person(one),
      rule: one.rule,
      severity: one.severity,
      from: iso(one.from),
      until: iso(one.until),
      endedAt: isoOrNull(one.endedAt),
    })),
    markedFalse: row.markedFalse && { at: iso(row.markedFalse.at), by: person(row.markedFalse) },
    soundings: (row.soundings ?? []).map((one) => ({ ...one, at: iso(one.at), decidedAt: iso(one.decidedAt) })),
    deliveries: (row.deliveries ?? []).map(toDelivery),
  };
}

/** The one finding that alerts tell of, `recurrentNightLows`, under the name it has among the patterns. */
const NIGHT_LOWS = { kind: 'lows-by-clock', part: 'night' } as const;

const toDelivery = (row: DeliveryRow): Alert['deliveries'][number] => ({
  to: person(row),
  channel: row.channel,
  step: row.step,
  state: row.state,
  reason: row.reason,
  attempts: row.attempts,
  dueAt: iso(row.dueAt),
  finishedAt: isoOrNull(row.finishedAt),
  at: iso(row.finishedAt ?? row.dueAt),
});

/** Until when this alert stays silent for the caller: the latest of the snoozes that hold it back now. */
function snoozedUntil({ snoozes, severity }: AlertRow, callerId: string, now: Date): string | null {
  const ends = (snoozes ?? [])
    .filter(
      (one) => one.userId === callerId && one.endedAt === null && isSnoozed([spanOf(one)], severity, now.getTime()),
    )
    .map(({ until }) => Date.parse(until));
  return ends.length === 0 ? null : iso(new Date(Math.max(...ends)));
}

const spanOf = ({ from, until, severity }: SnoozeRow) => ({
  from: Date.parse(from),
  until: Date.parse(until),
  severity,
});

function toLatestReading(latest: AlertRow['latest'], now: Date): LatestReading | null {
  const days = (latest ?? []).map(({ startsAt, samples }) => ({ startsAt, samples: Buffer.from(samples, 'hex') }));
  const reading = toLiveReading(unpackDays(days), now);
  if (!reading) return null;
  const { current, delayed, stale } = FRESHNESS_ENDS_SECONDS;
  const after = (seconds: number): string => iso(new Date(Date.parse(reading.measuredAt) + seconds * 1000));
  return { ...reading, delayedAt: after(current), staleAt: after(delayed), lostAt: after(stale) };
}

/** Evidence in the unit of the reading that opened the alert. */
function toEvidence({
  samples,
  mgdlPerMinute,
  expectedMgdl,
  settings,
  nights = [],
  coveredNights,
  uploader,
}: AlertEvidence): Omit<Alert['evidence'], 'finding'> {
  const unit = unitOf(samples.at(-1)?.[2] ?? 0);
  const threshold = thresholdOf(settings);
  return {
    readings: samples.map(([at, tenths, flags]) => ({
      measuredAt: iso(new Date(at * 1000)),
      value: tenths / 10,
      unit: unitOf(flags),
      censored: censoringOf(flags),
    })),
    ratePerMinute: mgdlPerMinute === null ? null : { value: inUnit(mgdlPerMinute, unit, 2), unit },
    expected:
      expectedMgdl === null
        ? null
        : { value: inUnit(expectedMgdl, unit, unit === 'mg/dL' ? 0 : 1), unit, minutes: EXPECTED_IN_MINUTES },
    threshold: threshold && { value: thresholdIn(threshold, unit), unit },
    nights: nights.map(({ day, from, minutes, tenths, flags }) => ({
      day: isoDay(day),
      from: iso(new Date(from * 1000)),
      minutes,
      lowest: { value: tenths / 10, unit: unitOf(flags) },
    })),
    coveredNights: coveredNights ?? null,
    uploader: uploader
      ? {
          silent: uploader.silent,
          heardAt: uploader.heardAt === null ? null : iso(new Date(uploader.heardAt * 1000)),
          judgedAt: iso(new Date(uploader.judgedAt * 1000)),
        }
      : null,
  };
}

function thresholdOf(settings: AlertEvidence['settings']): Threshold | null {
  if ('threshold' in settings) return settings.threshold;
  return 'beyond' in settings ? settings.beyond : null;
}

const inUnit = (mgdl: number, unit: GlucoseUnit, decimals: number): number =>
  Number((unit === 'mg/dL' ? mgdl : mgdl / MGDL_PER_MMOLL).toFixed(decimals));

export const toTimelineEntry = ({ at, kind, userId, displayName, details }: TimelineRow): AlertTimelineEntry => ({
  at: iso(at),
  kind,
  by: userId === null ? null : { id: userId, displayName: displayName ?? '' },
  details,
});
