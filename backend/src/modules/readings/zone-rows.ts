import { alwaysIn, type ZoneHistory } from '../../domain/time/zone-history.js';

/** What `zonesOf` yields: PostgreSQL writes the infinity before the first change as text. */
export type ZoneRows = readonly { readonly from: number | string; readonly zone: string }[] | null;

/** A subquery for all zones of a patient, as one JSON value; `patientId` is an SQL expression. */
export const zonesOf = (patientId: string): string => `
  (SELECT json_agg(json_build_object('from', extract(epoch FROM z.valid_from)::float8, 'zone', z.time_zone)
     ORDER BY z.valid_from) FROM patient_zones z WHERE z.patient_id = ${patientId})`;

export function toZoneHistory(rows: ZoneRows): ZoneHistory {
  const [first, ...later] = (rows ?? []).map(({ from, zone }) => ({ from: Number(from), zone }));
  return first ? [first, ...later] : alwaysIn('UTC');
}
