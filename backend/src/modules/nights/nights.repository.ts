import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isoDay, parseIsoDay } from '../../domain/time/zone.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import { toZoneHistory, type ZoneRows, zonesOf } from '../readings/zone-rows.js';

export interface NightState {
  readonly zones: ZoneHistory;
  /** Day number; `null` before the first night. */
  readonly closedThrough: number | null;
  /** Instant of the first reading, seconds since the epoch. */
  readonly firstReadingAt: number | null;
}

/** Zones now and three hours ago may differ; what is due is decided again for each patient. */
const ZONE_NOW = `
  SELECT z.time_zone FROM patient_zones z WHERE z.patient_id = i.patient_id AND z.valid_from <= $1
  ORDER BY z.valid_from DESC LIMIT 1`;

const ZONES = 'SELECT DISTINCT time_zone AS zone FROM patient_zones';

/** Zone names are those of this process: PostgreSQL may not know all of them. */
const DUE = `
  SELECT i.patient_id AS id
  FROM patient_ingest i
  CROSS JOIN LATERAL (${ZONE_NOW}) here
  JOIN unnest($2::text[], $3::date[]) AS finished (zone, day) ON finished.zone = here.time_zone
  LEFT JOIN patient_nights n ON n.patient_id = i.patient_id
  WHERE n.closed_through IS DISTINCT FROM finished.day
  ORDER BY i.patient_id`;

const STATE = `
  SELECT ${zonesOf('i.patient_id')} AS zones, n.closed_through::text AS "closedThrough",
    extract(epoch FROM (SELECT min(r.measured_at) FROM glucose_readings r WHERE r.patient_id = i.patient_id))::float8
      AS "firstReadingAt"
  FROM patient_ingest i LEFT JOIN patient_nights n ON n.patient_id = i.patient_id WHERE i.patient_id = $1`;

const CLOSE = `
  INSERT INTO patient_nights AS night (patient_id, closed_through) VALUES ($1, $2)
  ON CONFLICT (patient_id) DO UPDATE SET closed_through = excluded.closed_through
  WHERE night.closed_through <> excluded.closed_through`;

const NOTE_REPAIR = `
  INSERT INTO patient_nights AS night (patient_id, closed_through, repaired_days, repaired_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (patient_id) DO UPDATE SET
    repaired_days = night.repaired_days + excluded.repaired_days, repaired_at = excluded.repaired_at`;

/** How far the work of the night has come. */
@Injectable()
export class NightsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Every zone somebody lives or lived in. */
  async zones(): Promise<string[]> {
    return (await this.dataSource.query<{ zone: string }[]>(ZONES)).map(({ zone }) => zone);
  }

  /** Patients with readings whose watermark is not the last finished day of their zone, in the order of their ids. */
  async due(now: Date, finished: ReadonlyMap<string, number>): Promise<string[]> {
    const days = [...finished.values()].map(isoDay);
    const rows = await this.dataSource.query<{ id: string }[]>(DUE, [now, [...finished.keys()], days]);
    return rows.map(({ id }) => id);
  }

  async state(patientId: string): Promise<NightState | null> {
    const [row] = await this.dataSource.query<StateRow[]>(STATE, [patientId]);
    return (
      (row && {
        zones: toZoneHistory(row.zones),
        closedThrough: row.closedThrough === null ? null : parseIsoDay(row.closedThrough),
        firstReadingAt: row.firstReadingAt,
      }) ??
      null
    );
  }

  async close(patientId: string, day: number): Promise<void> {
    await this.dataSource.query(CLOSE, [patientId, isoDay(day)]);
  }

  /** Counts days that had to be made anew. `before` is the day that is still closed. */
  async noteRepair(
    patientId: string,
    repair: { readonly days: number; readonly at: Date; readonly before: number },
  ): Promise<void> {
    await this.dataSource.query(NOTE_REPAIR, [patientId, isoDay(repair.before), repair.days, repair.at]);
  }
}

interface StateRow {
  readonly zones: ZoneRows;
  readonly closedThrough: string | null;
  readonly firstReadingAt: number | null;
}
