import type { PreparedStatement } from '../../database/prepared.js';
import { type PackedDay, unpackDays } from '../../domain/glycemia/day-samples.js';
import type { GlucoseSeries } from '../../domain/glycemia/series.js';

/**
 * The packed days of some patients from an instant of each on, with what lies before it on the same day. A local date is
 * the date in UTC or one of its neighbours; the bound spares reading every day a person ever had.
 */
export const SAMPLES_SINCE: PreparedStatement = {
  name: 'samples-since',
  text: `
    SELECT wanted.id AS "patientId", day.* FROM unnest($1::uuid[], $2::float8[]) AS wanted (id, since)
    CROSS JOIN LATERAL (
      SELECT extract(epoch FROM starts_at)::float8 AS "startsAt", samples FROM glucose_days
      WHERE patient_id = wanted.id AND last_at >= to_timestamp(wanted.since)
        AND day >= (to_timestamp(wanted.since) AT TIME ZONE 'UTC')::date - 1
      ORDER BY starts_at
    ) day`,
};

export interface Owned {
  readonly patientId: string;
}

/** Rows of many patients, by patient. */
export function byPatient<Row extends Owned>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.patientId);
    if (own) own.push(row);
    else found.set(row.patientId, [row]);
  }
  return found;
}

/** The series of each patient that has one. */
export const seriesByPatient = (rows: readonly (PackedDay & Owned)[]): Map<string, GlucoseSeries> =>
  new Map([...byPatient(rows)].map(([patientId, days]) => [patientId, unpackDays(days)]));
