import type { PreparedStatement } from '../../database/prepared.js';
import { FLAG_MMOL } from '../../domain/glycemia/units.js';
import { bandOf, isTight } from '../../domain/glycemia/ranges.js';
import { TARGETS, thresholdTenths, THRESHOLDS } from '../../domain/glycemia/targets.js';
import { flagsOf, type NewReading } from './reading.js';

const ELAPSED = `$5::int8 - extract(epoch FROM d.starts_at)::int8`;
const GAP = `($5::int8 - extract(epoch FROM d.last_at)::int8)`;
const IS_REGULAR = `(least(15, greatest(1, round(${GAP}::float8 / 60))) * 60 = d.interval_seconds)`;

const unitColumns = (unit: 'mgdl' | 'mmol'): string => `
  ${unit}_count = d.${unit}_count + 1,
  ${unit}_sum_tenths = d.${unit}_sum_tenths + $6::int2,
  ${unit}_sum_sq_tenths = d.${unit}_sum_sq_tenths + $6::int8 * $6::int8,
  ${unit}_min_tenths = least(d.${unit}_min_tenths, $6::int2),
  ${unit}_max_tenths = greatest(d.${unit}_max_tenths, $6::int2)`;

/**
 * Stores a reading that is the newest of a running day and adds it to the day's row, in one statement. It does so only
 * where the result is sure to be what a projection of the whole day would give: every reading of the day is kept and of
 * this source, the new one comes after the last one's interval, and the step to it cannot move the median step. In any
 * other case, or where another writer was faster, it stores nothing and answers no row. Locks in the order of all
 * writers: the patient, then the day. A row that changed while this waited is judged again as it is now.
 */
const appendTo = (unit: 'mgdl' | 'mmol'): string => `
  WITH patient AS MATERIALIZED (
    SELECT 1 FROM patient_ingest WHERE patient_id = $1 FOR UPDATE
  ), source AS (
    SELECT id FROM sources WHERE patient_id = $1 AND name = $2
  ), day AS (
    UPDATE glucose_days AS d SET
      samples = d.samples || substring(int4send((${ELAPSED})::int4) FROM 2) || substring(int2send($7::int2) FROM 2)
        || int2send($6::int2),
      last_at = to_timestamp($5::int8),
      count = d.count + 1,
      covered_seconds = d.covered_seconds + least(d.interval_seconds, ${GAP})::int4,
      regular_steps = d.regular_steps + ${IS_REGULAR}::int4,
      very_low = d.very_low + ($8::int4 = 0)::int4,
      low = d.low + ($8::int4 = 1)::int4,
      in_range = d.in_range + ($8::int4 = 2)::int4,
      high = d.high + ($8::int4 = 3)::int4,
      very_high = d.very_high + ($8::int4 = 4)::int4,
      tight = d.tight + $9::int4,
      below_63 = d.below_63 + $10::int4,
      above_140 = d.above_140 + $11::int4,
      ${unitColumns(unit)}
    FROM patient, source
    WHERE d.patient_id = $1 AND d.day BETWEEN $12::date - 1 AND $12::date + 1
      AND d.starts_at <= to_timestamp($4::float8) AND d.ends_at > to_timestamp($4::float8)
      AND d.sole_source = source.id
      AND ${GAP} >= d.interval_seconds - 10
      AND (d.regular_steps + ${IS_REGULAR}::int4) * 2 > d.count
    RETURNING d.sole_source AS source_id
  ), stored AS (
    INSERT INTO glucose_readings (patient_id, measured_at, received_at, source_id, tenths, unit, flags)
    SELECT $1, to_timestamp($4::float8), $3, source_id, $6, $7::int2 & 1, $7::int2 & ~1 FROM day
    RETURNING measured_at
  ), marked AS (
    UPDATE patient_ingest SET last_reading_at = greatest(last_reading_at, stored.measured_at), due_at = coalesce(due_at, $3),
      due_from = least(due_from, stored.measured_at), heard_at = greatest(heard_at, $3)
    FROM stored WHERE patient_id = $1
  )
  SELECT 1 AS stored FROM stored`;

const APPEND = {
  mgdl: { name: 'append-newest-mgdl', text: appendTo('mgdl') },
  mmol: { name: 'append-newest-mmol', text: appendTo('mmol') },
} as const;
const BANDS = ['veryLow', 'low', 'inRange', 'high', 'veryHigh'] as const;

/** The statement that appends a sensor reading where that is all there is to do, with its parameters. */
export function appendStatement(
  patientId: string,
  source: string,
  reading: NewReading,
  receivedAt: Date,
): [statement: PreparedStatement, parameters: unknown[]] {
  const flags = flagsOf(reading);
  const { at, tenths } = reading;
  return [
    APPEND[(flags & FLAG_MMOL) === 0 ? 'mgdl' : 'mmol'],
    [
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
    ],
  ];
}
