import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AdditiveStatistics } from '../../domain/glycemia/additive-statistics.js';

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
}

/** Added up as doubles: exact up to 2^53, which the squares of a year of readings stay far below, and quick. */
const sum = (column: string, name: string): string => `sum(d.${column}::float8) AS "${name}"`;

/** Day zero of the day numbers. */
const EPOCH = `date '1970-01-01'`;

const TOTALS = `
  SELECT w.patient_id AS "patientId", days.*
  FROM unnest($1::uuid[], $2::int4[], $3::int4[]) AS w (patient_id, first_day, last_day)
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS days,
      ${sum('mgdl_count', 'mgdlCount')}, ${sum('mgdl_sum_tenths', 'mgdlSumTenths')},
      ${sum('mgdl_sum_sq_tenths', 'mgdlSumSqTenths')},
      ${sum('mmol_count', 'mmolCount')}, ${sum('mmol_sum_tenths', 'mmolSumTenths')},
      ${sum('mmol_sum_sq_tenths', 'mmolSumSqTenths')},
      ${sum('very_low', 'veryLow')}, ${sum('low', 'low')}, ${sum('in_range', 'inRange')},
      ${sum('high', 'high')}, ${sum('very_high', 'veryHigh')}, ${sum('tight', 'tight')},
      ${sum('below_63', 'below63')}, ${sum('above_140', 'above140')}, ${sum('covered_seconds', 'coveredSeconds')}
    FROM glucose_days d
    WHERE d.patient_id = w.patient_id AND d.day BETWEEN ${EPOCH} + w.first_day AND ${EPOCH} + w.last_day
  ) days
  WHERE days.days > 0`;

type Row = WindowTotals & { patientId: string };

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
    return new Map(rows.map(({ patientId, ...totals }) => [patientId, totals]));
  }
}
