import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AnalysisWindow } from '../../../domain/analyses/coverage.js';
import type { ForecastRecord, IssuedForecast, Medians } from '../../../domain/forecasting/issued.js';
import { RunsRepository } from '../runs.repository.js';
import { checkOf } from './serving.js';

const KEPT_DAYS = 30;

const ISSUED = `
  SELECT extract(epoch FROM based_on)::float8 AS "basedOn", model, version, quantiles, low_within_30 AS "lowWithin30",
    low_within_60 AS "lowWithin60", medians
  FROM forecasts
  WHERE patient_id = $1 AND based_on >= to_timestamp($2::float8) AND based_on < to_timestamp($3::float8)
  ORDER BY based_on`;

const FORGET = `DELETE FROM forecasts WHERE patient_id = $1 AND based_on < $2::timestamptz - interval '${KEPT_DAYS} days'`;

interface IssuedRow extends Omit<IssuedForecast, 'quantiles' | 'medians'> {
  readonly quantiles: readonly number[];
  readonly medians: readonly [number, number, number, number?];
}

/** Forecasts that were issued for a patient. */
@Injectable()
export class ForecastRecordRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runs: RunsRepository,
  ) {}

  /** What the check of a night looks at: forecasts of the window, and what the last night chose. */
  async of(patientId: string, { from, to }: AnalysisWindow): Promise<ForecastRecord> {
    const check = checkOf(await this.runs.resultOfNight(patientId, 'forecast'));
    const rows = await this.dataSource.query<IssuedRow[]>(ISSUED, [patientId, from, to]);
    return {
      serving: check?.choice.model ?? 'network',
      lastSwitch: check?.choice.lastSwitch ?? null,
      issued: rows.map((row) => ({
        ...row,
        quantiles: Int16Array.from(row.quantiles),
        medians: mediansOf(row.medians),
      })),
    };
  }

  async forgetOld(patientId: string, now: Date): Promise<void> {
    await this.dataSource.query(FORGET, [patientId, now]);
  }
}

const mediansOf = ([lastValue, ridge, network, personal]: IssuedRow['medians']): Medians => ({
  'last-value': lastValue / 10,
  ridge: ridge / 10,
  network: network / 10,
  ...(personal !== undefined && { personal: personal / 10 }),
});
