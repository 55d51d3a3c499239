import type { PreparedStatement } from '../../database/prepared.js';
import { bandOf, isTight } from '../../domain/glycemia/ranges.js';
import { TARGETS, thresholdTenths, THRESHOLDS } from '../../domain/glycemia/targets.js';
import { FLAG_MMOL } from '../../domain/glycemia/units.js';
import { flagsOf, type NewReading } from './reading.js';

/** A reading of a sensor that may be the newest of its day. */
export interface Appending {
  readonly patientId: string;
  /** The name of its source. */
  readonly source: string;
  readonly reading: NewReading;
  readonly receivedAt: Date;
}

export type DayUnit = 'mgdl' | 'mmol';

const ELAPSED = `g.second - extract(epoch FROM d.starts_at)::int8`;
const GAP = `(g.second - extract(epoch FROM d.last_at)::int8)`;
const IS_REGULAR = `(least(15, greatest(1, round(${GAP}::float8 / 60))) * 60 = d.interval_seconds)`;

const unitColumns = (unit: DayUnit): string => `
  ${unit}_count = d.${unit}_count + 1,
  ${unit}_sum_tenths = d.${unit}_sum_tenths + g.tenths,
  ${unit}_sum_sq_tenths = d.${unit}_sum_sq_tenths + g.tenths::int8 * g.tenths::int8,
  ${unit}_min_tenths = least(d.${unit}_min_tenths, g.tenths),
  ${unit}_max_tenths = greatest(d.${unit}_max_tenths, g.tenths)`;

/**
 * Stores readings of different patients, each the newest of a running day, and adds each to its day's row, in one
 * statement. It does so only where the result is sure to be what a projection of the whole day would give: every reading
 * of the day is kept and of this source, the new one comes after the last one's interval, and the step to it cannot move
 * the median step. In any other case, or where another writer was faster, it stores nothing of that patient. Locks in the
 * order of all writers: the patient, then the day. A row that changed while this waited is judged again as it is now.
 * Answers for each patient whether the reading was stored, and whether somebody else was at the patient.
 */
const appendTo = (unit: DayUnit, whereLocked: '' | 'SKIP LOCKED'): string => `
  WITH given AS MATERIALIZED (
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::float8[], $5::int8[], $6::int2[], $7::int2[],
        $8::int4[], $9::int4[], $10::int4[], $11::int4[], $12::date[])
      AS g (patient_id, source, received_at, at, second, tenths, flags, band, tight, below_63, above_140, day)
  ), patient AS MATERIALIZED (
    SELECT i.patient_id FROM given g JOIN patient_ingest i ON i.patient_id = g.patient_id
    FOR UPDATE OF i ${whereLocked}
  ), day AS (
    UPDATE glucose_days AS d SET
      samples = d.samples || substring(int4send((${ELAPSED})::int4) FROM 2) || substring(int2send(g.flags) FROM 2)
        || int2send(g.tenths),
      last_at = to_timestamp(g.second),
      count = d.count + 1,
      covered_seconds = d.covered_seconds + least(d.interval_seconds, ${GAP})::int4,
      regular_steps = d.regular_steps + ${IS_REGULAR}::int4,
      very_low = d.very_low + (g.band = 0)::int4,
      low = d.low + (g.band = 1)::int4,
      in_range = d.in_range + (g.band = 2)::int4,
      high = d.high + (g.band = 3)::int4,
      very_high = d.very_high + (g.band = 4)::int4,
      tight = d.tight + g.tight,
      below_63 = d.below_63 + g.below_63,
      above_140 = d.above_140 + g.above_140,
      ${unitColumns(unit)}
    FROM given g JOIN patient p ON p.patient_id = g.patient_id
      JOIN sources s ON s.patient_id = g.patient_id AND s.name = g.source
    WHERE d.patient_id = g.patient_id AND d.day BETWEEN g.day - 1 AND g.day + 1
      AND d.starts_at <= to_timestamp(g.at) AND d.ends_at > to_timestamp(g.at)
      AND d.sole_source = s.id
      AND ${GAP} >= d.interval_seconds - 10
      AND (d.regular_steps + ${IS_REGULAR}::int4) * 2 > d.count
    RETURNING d.patient_id, d.sole_source AS source_id
  ), stored AS (
    INSERT INTO glucose_readings (patient_id, measured_at, received_at, source_id, tenths, unit, flags)
    SELECT g.patient_id, to_timestamp(g.at), g.received_at, day.source_id, g.tenths, g.flags & 1, g.flags & ~1
    FROM day JOIN given g ON g.patient_id = day.patient_id
    RETURNING patient_id, measured_at
  ), marked AS (
    UPDATE patient_ingest i SET last_reading_at = greatest(i.last_reading_at, stored.measured_at),
      due_at = coalesce(i.due_at, g.received_at), due_from = least(i.due_from, stored.measured_at),
      heard_at = greatest(i.heard_at, g.received_at)
    FROM stored JOIN given g ON g.patient_id = stored.patient_id WHERE i.patient_id = stored.patient_id
  )
  SELECT g.patient_id AS "patientId", stored.patient_id IS NOT NULL AS stored, p.patient_id IS NULL AS busy
  FROM given g LEFT JOIN patient p ON p.patient_id = g.patient_id LEFT JOIN stored ON stored.patient_id = g.patient_id`;

/** What became of one: `busy` where it is not known, since somebody else was at the patient. */
export interface Appended {
  readonly patientId: string;
  readonly stored: boolean;
  readonly busy: boolean;
}

const named = (unit: DayUnit) => ({
  waiting: { name: `append-newest-${unit}`, text: appendTo(unit, '') },
  passing: { name: `append-newest-unless-busy-${unit}`, text: appendTo(unit, 'SKIP LOCKED') },
});
const STATEMENTS = { mgdl: named('mgdl'), mmol: named('mmol') };

const BANDS = ['veryLow', 'low', 'inRange', 'high', 'veryHigh'] as const;

export const unitOf = (reading: NewReading): DayUnit => ((flagsOf(reading) & FLAG_MMOL) === 0 ? 'mgdl' : 'mmol');

/**
 * The statement that appends readings where that is all there is to do, with its parameters.
 * @param given at most one of each patient, all in one unit
 * @param whereBusy whether it waits for a patient at whom somebody else is, or passes by
 */
export function appendStatement(
  unit: DayUnit,
  given: readonly Appending[],
  whereBusy: 'waiting' | 'passing',
): [statement: PreparedStatement, parameters: unknown[]] {
  const rows = given.map(({ patientId, source, reading, receivedAt }) => {
    const flags = flagsOf(reading);
    const { at, tenths } = reading;
    return [
      patientId,
      source,
      receivedAt,
      at / 1000,
      Math.floor(at / 1000),
      tenths,
      flags,
      BANDS.indexOf(bandOf(tenths, flags, TARGETS.adult)),
      Number(isTight(tenths, flags)),
      Number(tenths < thresholdTenths(THRESHOLDS[63], flags)),
      Number(tenths > thresholdTenths(THRESHOLDS[140], flags)),
      new Date(at).toISOString().slice(0, 10),
    ];
  });
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => rows.map((row) => row[column]));
  return [STATEMENTS[unit][whereBusy], columns];
}
