import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { Clock } from '../../../common/clock.js';
import { calibrated } from '../../../domain/forecasting/conformal.js';
import { historyAt } from '../../../domain/forecasting/history.js';
import { STEP_MINUTES, STEPS } from '../../../domain/forecasting/horizons.js';
import { forecastOf } from '../../../domain/forecasting/model.js';
import { minuteOfDayIn } from '../../../domain/forecasting/personal.js';
import { POPULATION, populationModel } from '../../../domain/forecasting/population.js';
import { chanceBelowWithin, type QuantileForecast, quantileOf } from '../../../domain/forecasting/quantile-forecast.js';
import { unpackDays } from '../../../domain/glycemia/day-samples.js';
import { isoInstant } from '../../../domain/glycemia/episode-report.js';
import { localDayAt } from '../../../domain/time/zone-history.js';
import { DaysRepository } from '../../readings/days.repository.js';
import { ForecastCheck } from '../result.schemas.js';
import { RunsRepository } from '../runs.repository.js';
import type { Forecast, ForecastStep } from './forecast.schemas.js';

const LOW_MGDL = 70;
/** Of `LEVELS`, in their order. */
const NAMES = ['q025', 'q05', 'q10', 'q25', 'q50', 'q75', 'q90', 'q95', 'q975'] as const;

type Check = z.infer<typeof ForecastCheck>;

/** What a patient's glucose may be within the next two hours, from the readings that are there now. */
@Injectable()
export class ForecastService {
  constructor(
    private readonly days: DaysRepository,
    private readonly runs: RunsRepository,
    private readonly clock: Clock,
  ) {}

  async forecast(patientId: string): Promise<Forecast> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const zones = await this.days.zonesOf(patientId);
    const today = localDayAt(zones, now);
    const series = unpackDays(await this.days.daysOf(patientId, today - 1, today));
    const history = historyAt(series, now);
    if (typeof history === 'string') return { unavailable: history };

    const check = await this.checkOf(patientId);
    const model = check?.choice.model ?? 'network';
    const plain = forecastOf(populationModel(model), history, minuteOfDayIn(zones, history.basedOn));
    const widening = check?.calibrationMgdl;
    const forecast = widening ? calibrated(plain, { mgdl: Float64Array.from(widening) }) : plain;
    return {
      issuedAt: isoInstant(now),
      basedOnReadingAt: isoInstant(history.basedOn),
      lastMgdl: round(forecast.lastMgdl),
      model,
      version: POPULATION.version,
      unit: 'mg/dL',
      steps: stepsOf(forecast),
      lowWithin: { '30': chanceBelowWithin(forecast, 30, LOW_MGDL), '60': chanceBelowWithin(forecast, 60, LOW_MGDL) },
      calibratedToPerson: Boolean(widening),
      coverage: check?.horizons ?? null,
    };
  }

  /** What the last night found out about the person's forecasts. */
  private async checkOf(patientId: string): Promise<Check | null> {
    const result = await this.runs.resultOfNight(patientId, 'forecast');
    return result === null ? null : (ForecastCheck.safeParse(JSON.parse(result)).data ?? null);
  }
}

const stepsOf = (forecast: QuantileForecast): ForecastStep[] =>
  Array.from({ length: STEPS }, (_, index) => {
    const quantiles = NAMES.map((name, level) => [name, round(quantileOf(forecast, index + 1, level))]);
    return { minutes: (index + 1) * STEP_MINUTES, ...Object.fromEntries(quantiles) } as ForecastStep;
  });

const round = (mgdl: number): number => Math.round(mgdl * 10) / 10;
