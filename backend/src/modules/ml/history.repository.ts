import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AnalysisWindow } from '../../domain/analyses/coverage.js';
import type { PersonHistory } from '../../domain/causality/person-history.js';
import { unpackDays } from '../../domain/glycemia/day-samples.js';
import { sliceSeries } from '../../domain/glycemia/timeline.js';
import { localDayAt } from '../../domain/time/zone-history.js';
import { SECONDS_PER_DAY } from '../../domain/time/zone.js';
import { DaysRepository } from '../readings/days.repository.js';
import type { AlgorithmName } from './algorithms.js';
import { ForecastRecordRepository } from './forecasts/forecast-record.repository.js';

const RECORDS = `
  SELECT kind, extract(epoch FROM starts_at)::float8 AS "from", extract(epoch FROM ends_at)::float8 AS "until",
    (body ->> 'doseUnits')::float8 AS units, coalesce(body ->> 'insulinType', body ->> 'mealType') AS type, (body ->> 'carbsGrams')::float8 AS "carbsGrams"
  FROM records WHERE patient_id = $1 AND starts_at >= to_timestamp($2::float8) AND starts_at < to_timestamp($3::float8)
  ORDER BY starts_at, kind, client_id`;

/** Whoever sleeps into a window went to bed before it. */
const BEFORE_SECONDS = SECONDS_PER_DAY;

type DoseType = PersonHistory['doses'][number]['type'];
type MealType = NonNullable<PersonHistory['meals'][number]['type']>;

interface RecordRow {
  readonly kind: string;
  readonly from: number;
  readonly until: number | null;
  readonly units: number | null;
  readonly type: DoseType | MealType | null;
  readonly carbsGrams: number | null;
}

/** Everything analyses need of one patient's record, over a window. */
@Injectable()
export class HistoryRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly days: DaysRepository,
    private readonly forecasts: ForecastRecordRepository,
  ) {}

  async of(patientId: string, algorithm: AlgorithmName, { from, to }: AnalysisWindow): Promise<PersonHistory> {
    const glucose = await this.glucoseOf(patientId, { from, to });
    const rows = await this.dataSource.query<RecordRow[]>(RECORDS, [patientId, from - BEFORE_SECONDS, to]);
    const of = (kind: string) => rows.filter((row) => row.kind === kind && (row.until ?? row.from) >= from);
    return {
      ...glucose,
      doses: of('insulin-doses').map((row) => ({
        instant: row.from,
        type: (row.type as DoseType | null) ?? 'bolus',
        units: row.units ?? 0,
      })),
      meals: of('meals').map((row) => ({
        instant: row.from,
        carbsGrams: row.carbsGrams,
        type: row.type as MealType | null,
      })),
      activities: of('activities').map((row) => ({ from: row.from, until: row.until })),
      sleep: of('sleep').flatMap(({ from: start, until }) => (until === null ? [] : [{ from: start, until }])),
      ...(algorithm === 'forecast' && { forecasts: await this.forecasts.of(patientId, { from, to }) }),
    };
  }

  /** The part of it that sensors and meters wrote. */
  async glucoseOf(patientId: string, { from, to }: AnalysisWindow): Promise<Pick<PersonHistory, 'zones' | 'glucose'>> {
    const zones = await this.days.zonesOf(patientId);
    const stored = await this.days.daysOf(patientId, localDayAt(zones, from), localDayAt(zones, to));
    return { zones, glucose: sliceSeries(unpackDays(stored), from, to) };
  }
}
