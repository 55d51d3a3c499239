import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SAMPLE_BYTES } from '../../domain/glycemia/day-samples.js';
import type { AdditiveStatistics } from '../../domain/glycemia/additive-statistics.js';
import { type LastSample, lastSampleOf } from './days.repository.js';

/** Local days of one patient, both included. */
export interface DayWindow {
  readonly patientId: string;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** What the stored days of a window add up to. */
export interface WindowTotals extends AdditiveStatistics {
  /** Local days that have samples. */
  readonly days: number;
  /** The newest sample of the window. */
  readonly lastSample: LastSample | null;
}

/** Sums leave PostgreSQL as doubles: exact up to 2^53, and the squares of a year of readings stay far below. */
const sum = (column: string, name: string): string => `sum(${column})::float8 AS "${name}"`;

/** Day zero of the day numbers. */
const EPOCH = `date '1970-01-01'`;

const TOTALS = `
  SELECT w.patient_id AS "patientId", days.*, newest.*
  FROM unnest($1::uuid[], $2::int4[], $3::int4[]) AS w (patient_id, first_day, last_day)
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS days,
      ${sum('d.mgdl_count', 'mgdlCount')}, ${sum('d.mgdl_sum_tenths', 'mgdlSumTenths')},
      ${sum('d.mgdl_sum_sq_tenths', 'mgdlSumSqTenths')},
      ${sum('d.mmol_count', 'mmolCount')}, ${sum('d.mmol_sum_tenths', 'mmolSumTenths')},
      ${sum('d.mmol_sum_sq_tenths', 'mmolSumSqTenths')},
      ${sum('d.very_low', 'veryLow')}, ${sum('d.low', 'low')}, ${sum('d.in_range', 'inRange')},
      ${sum('d.high', 'high')}, ${sum('d.very_high', 'veryHigh')}, ${sum('d.tight', 'tight')},
      ${sum('d.below_63', 'below63')}, ${sum('d.above_140', 'above140')},
      ${sum('d.covered_seconds', 'coveredSeconds')},
      max(d.day) AS "newestDay"
    FROM glucose_days d
    WHERE d.patient_id = w.patient_id AND d.day BETWEEN ${EPOCH} + w.first_day AND ${EPOCH} + w.last_day
  ) days
  JOIN LATERAL (
    SELECT extract(epoch FROM n.starts_at)::float8 AS "startsAt",
      substring(n.samples FROM octet_length(n.samples) - ${SAMPLE_BYTES - 1}) AS samples
    FROM glucose_days n WHERE n.patient_id = w.patient_id AND n.day = days."newestDay"
  ) newest ON true`;

type Row = Omit<WindowTotals, 'lastSample'> & {
  patientId: string;
  startsAt: number;
  samples: Uint8Array;
  newestDay: Date;
};

/** Adds up days inside the database, for as many patients as a panel has. */
@Injectable()
export class PeriodTotalsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The totals by patient id. A patient without samples in the window is absent. */
  async of(windows: readonly DayWindow[]): Promise<Map<string, WindowTotals>> {
    const column = (value: (window: DayWindow) => string | number): string => `{${windows.map(value).join(',')}}`;
    const rows = await this.dataSource.query<Row[]>(TOTALS, [
      column((window) => window.patientId),
      column((window) => window.firstDay),
      column((window) => window.lastDay),
    ]);
    return new Map(
      rows.map(({ patientId, startsAt, samples, newestDay: _, ...totals }) => [
        patientId,
        { ...totals, lastSample: lastSampleOf({ startsAt, samples }) },
      ]),
    );
  }
}
