import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { STEP_MINUTES, STEPS } from '../../../domain/forecasting/horizons.js';
import { LOW_MGDL, personalForecast } from '../../../domain/forecasting/issued.js';
import { POPULATION } from '../../../domain/forecasting/population.js';
import { chanceBelowWithin, type QuantileForecast, quantileOf } from '../../../domain/forecasting/quantile-forecast.js';
import { unpackDays } from '../../../domain/glycemia/day-samples.js';
import { isoInstant } from '../../../domain/glycemia/episode-report.js';
import { localDayAt } from '../../../domain/time/zone-history.js';
import { DaysRepository } from '../../readings/days.repository.js';
import { RunsRepository } from '../runs.repository.js';
import type { Forecast, ForecastModel, ForecastStep } from './forecast.schemas.js';
import { checkOf, servingOf } from './serving.js';

/** Of `LEVELS`, in their order. */
const NAMES = ['q025', 'q05', 'q10', 'q25', 'q50', 'q75', 'q90', 'q95', 'q975'] as const;

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
    const check = await this.checkOf(patientId);
    const serving = servingOf(check);
    const made = personalForecast(series, zones, now, serving);
    if (typeof made === 'string') return { unavailable: made };
    const { history, forecast } = made;
    return {
      issuedAt: isoInstant(now),
      basedOnReadingAt: isoInstant(history.basedOn),
      lastMgdl: round(forecast.lastMgdl),
      model: serving.model,
      version: POPULATION.version,
      unit: 'mg/dL',
      steps: stepsOf(forecast),
      lowWithin: { '30': chanceBelowWithin(forecast, 30, LOW_MGDL), '60': chanceBelowWithin(forecast, 60, LOW_MGDL) },
      calibratedToPerson: serving.calibration !== null,
      coverage: check?.horizons ?? null,
    };
  }

  /** Which model serves a patient, and why. */
  async model(patientId: string): Promise<ForecastModel> {
    const check = await this.checkOf(patientId);
    return { model: servingOf(check).model, version: POPULATION.version, check };
  }

  private async checkOf(patientId: string) {
    return checkOf(await this.runs.resultOfNight(patientId, 'forecast'));
  }
}

const stepsOf = (forecast: QuantileForecast): ForecastStep[] =>
  Array.from({ length: STEPS }, (_, index) => {
    const quantiles = NAMES.map((name, level) => [name, round(quantileOf(forecast, index + 1, level))]);
    return { minutes: (index + 1) * STEP_MINUTES, ...Object.fromEntries(quantiles) } as ForecastStep;
  });

const round = (mgdl: number): number => Math.round(mgdl * 10) / 10;
