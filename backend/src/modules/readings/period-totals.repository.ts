import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { chunksOf } from '../../common/chunks.js';
import { queryPrepared } from '../../database/prepared.js';
import type { AdditiveStatistics } from '../../domain/glycemia/additive-statistics.js';
import type { DayWindow, WindowTotals } from './day-window.js';
import { KeptTotals } from './kept-totals.js';

/** Whole numbers add up as such. Their squares do as doubles: exact up to 2^53, which a year of readings stays far below, and quick. */
const sum = (column: string): string => `sum(d.${column})`;
const quickSum = (column: string): string => `sum(d.${column}::float8)`;

/** The sums in the order in which the statement yields them, after the number of days. */
const SUMS: Readonly<Record<keyof AdditiveStatistics, string>> = {
  mgdlCount: sum('mgdl_count'),
  mgdlSumTenths: quickSum('mgdl_sum_tenths'),
  mgdlSumSqTenths: quickSum('mgdl_sum_sq_tenths'),
  mmolCount: sum('mmol_count'),
  mmolSumTenths: quickSum('mmol_sum_tenths'),
  mmolSumSqTenths: quickSum('mmol_sum_sq_tenths'),
  veryLow: sum('very_low'),
  low: sum('low'),
  inRange: sum('in_range'),
  high: sum('high'),
  veryHigh: sum('very_high'),
  tight: sum('tight'),
  below63: sum('below_63'),
  above140: sum('above_140'),
  coveredSeconds: sum('covered_seconds'),
};

/** Day zero of the day numbers. */
const EPOCH = `date '1970-01-01'`;

/** All windows in one text, in their order: a row of sixteen numbers for each costs as much again to send and to read. */
const TOTALS = {
  name: 'totals-of-windows',
  text: `
  SELECT '[' || string_agg('[' || days.sums || ']', ',' ORDER BY w.place) || ']' AS totals
  FROM unnest($1::uuid[], $2::int4[], $3::int4[]) WITH ORDINALITY AS w (patient_id, first_day, last_day, place)
  CROSS JOIN LATERAL (
    SELECT concat_ws(',', count(*), ${Object.values(SUMS).join(', ')}) AS sums
    FROM glucose_days d
    WHERE d.patient_id = w.patient_id AND d.day BETWEEN ${EPOCH} + w.first_day AND ${EPOCH} + w.last_day
  ) days`,
};

/** The database adds up one stretch while this process reads another. */
const WINDOWS_AT_ONCE = 250;
const STATEMENTS_AT_ONCE = 2;

/** Adds up days inside the database, for as many patients as a panel has. */
@Injectable()
export class PeriodTotalsRepository {
  private readonly kept = new KeptTotals();

  constructor(private readonly dataSource: DataSource) {}

  /** The totals by patient id. A patient without samples in the window is absent. */
  async of(windows: readonly DayWindow[]): Promise<Map<string, WindowTotals>> {
    const found = new Map<string, WindowTotals>();
    const note = ({ patientId }: DayWindow, totals: WindowTotals | null): void => {
      if (totals) found.set(patientId, totals);
    };
    const unknown: DayWindow[] = [];
    for (const window of windows) {
      const totals = this.kept.of(window);
      if (totals === undefined) unknown.push(window);
      else note(window, totals);
    }
    const stretches = chunksOf(unknown, WINDOWS_AT_ONCE).values();
    const work = async (): Promise<void> => {
      for (const stretch of stretches) {
        const sums = await this.sumsOf(stretch);
        for (const [place, window] of stretch.entries()) {
          const totals = toTotals(sums[place] ?? []);
          this.kept.keep(window, totals);
          note(window, totals);
        }
      }
    };
    await Promise.all(Array.from({ length: STATEMENTS_AT_ONCE }, work));
    return found;
  }

  private async sumsOf(windows: readonly DayWindow[]): Promise<number[][]> {
    const column = (value: (window: DayWindow) => string | number): string => `{${windows.map(value).join(',')}}`;
    const [row] = await queryPrepared<{ totals: string }>(this.dataSource, TOTALS, [
      column((window) => window.patientId),
      column((window) => window.firstDay),
      column((window) => window.lastDay),
    ]);
    return JSON.parse(row?.totals ?? '[]') as number[][];
  }
}

const KEYS = Object.keys(SUMS) as (keyof AdditiveStatistics)[];

function toTotals([days = 0, ...sums]: readonly number[]): WindowTotals | null {
  if (days === 0) return null;
  const totals = { days } as Record<keyof WindowTotals, number>;
  for (const [place, key] of KEYS.entries()) totals[key] = sums[place] ?? 0;
  return totals;
}
