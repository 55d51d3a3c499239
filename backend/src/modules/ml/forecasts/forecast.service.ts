import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { builtShares, type MissShares } from '../../../domain/forecasting/adaptive-conformal.js';
import { FOLLOWED_SECONDS } from '../../../domain/forecasting/followed-shares.js';
import { JUDGED_MINUTES, STEP_MINUTES, STEPS } from '../../../domain/forecasting/horizons.js';
import { LOW_MGDL, personalForecast } from '../../../domain/forecasting/issued.js';
import { NOTHING_NOTED } from '../../../domain/forecasting/on-board.js';
import { POPULATION } from '../../../domain/forecasting/population.js';
import { chanceBelowWithin, type QuantileForecast, quantileOf } from '../../../domain/forecasting/quantile-forecast.js';
import { unpackDays } from '../../../domain/glycemia/day-samples.js';
import { isoInstant } from '../../../domain/glycemia/episode-report.js';
import { localDayAt } from '../../../domain/time/zone-history.js';
import { DaysRepository } from '../../readings/days.repository.js';
import { RunsRepository } from '../runs.repository.js';
import type { Forecast, ForecastModel, ForecastStep, IssuedForecast } from './forecast.schemas.js';
import { IssuingRepository } from './issuing.repository.js';
import { checkOf, servingOf } from './serving.js';

/** Of `LEVELS`, in their order. */
const NAMES = ['q025', 'q05', 'q10', 'q25', 'q50', 'q75', 'q90', 'q95', 'q975'] as const;

/** What a patient's glucose may be within the next two hours, from the readings that are there now. */
@Injectable()
export class ForecastService {
  constructor(
    private readonly days: DaysRepository,
    private readonly runs: RunsRepository,
    private readonly issuing: IssuingRepository,
    private readonly clock: Clock,
  ) {}

  async forecast(patientId: string): Promise<Forecast> {
    const now = this.clock.now();
    const seconds = Math.floor(now.getTime() / 1000);
    const zones = await this.days.zonesOf(patientId);
    const series = unpackDays(
      await this.days.daysOf(patientId, localDayAt(zones, seconds - FOLLOWED_SECONDS), localDayAt(zones, seconds)),
    );
    const check = await this.checkOf(patientId);
    const serving = servingOf(check);
    const issued = (await this.issuing.latelyIssued([{ patientId, serving }], now)).get(patientId) ?? [];
    const noted = serving.correction ? await this.issuing.latelyNoted([patientId], now) : null;
    const intake = noted?.get(patientId) ?? NOTHING_NOTED;
    const made = personalForecast({ series, zones, issued, intake }, seconds, serving);
    if (typeof made === 'string') return { unavailable: made };
    const { history, forecast, shares } = made;
    return {
      issuedAt: isoInstant(seconds),
      basedOnReadingAt: isoInstant(history.basedOn),
      lastMgdl: round(forecast.lastMgdl),
      model: serving.model,
      version: POPULATION.version,
      unit: 'mg/dL',
      steps: stepsOf(forecast),
      lowWithin: { '30': chanceBelowWithin(forecast, 30, LOW_MGDL), '60': chanceBelowWithin(forecast, 60, LOW_MGDL) },
      calibratedToPerson: serving.calibration !== null,
      intervals: intervalsOf(shares),
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

/** Digits that a person reads: the shares themselves are stored with the night's answer. */
const intervalsOf = (shares: MissShares): IssuedForecast['intervals'] =>
  JUDGED_MINUTES.map((minutes, horizon) => {
    const [of95, of80] = builtShares(shares, horizon);
    return { minutes, builtFor80: Number((1 - of80).toFixed(4)), builtFor95: Number((1 - of95).toFixed(4)) };
  });

const round = (mgdl: number): number => Math.round(mgdl * 10) / 10;
