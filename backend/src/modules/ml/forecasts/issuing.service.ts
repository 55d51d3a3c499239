import { Injectable, Logger } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { FIRST_UUID } from '../../../common/uuid.js';
import { Clock } from '../../../common/clock.js';
import { issuedFrom, personalForecast } from '../../../domain/forecasting/issued.js';
import { POPULATION } from '../../../domain/forecasting/population.js';
import { LiveEvents } from '../../live/live-events.js';
import { type ForecastContext, IssuingRepository, type OwnedForecast } from './issuing.repository.js';

/** One transaction; some ten milliseconds of computing, after each of which others have their turn. */
const PATIENTS_TOGETHER = 50;

/**
 * Issues forecasts while readings are fresh and keeps them to be judged. Comes round by itself: whoever sends readings
 * waits for none of it, and many readings of one patient ask for one forecast.
 */
@Injectable()
export class IssuingService {
  private readonly logger = new Logger('Forecasts');

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly forecasts: IssuingRepository,
    private readonly live: LiveEvents,
  ) {}

  async sweep(): Promise<void> {
    for (let after = FIRST_UUID; ;) {
      const ids = await this.forecasts.idsAfter(after, this.clock.now(), PATIENTS_TOGETHER);
      if (ids.length > 0) await this.issue(ids);
      const last = ids.at(-1);
      if (last === undefined || ids.length < PATIENTS_TOGETHER) return;
      after = last;
    }
  }

  private async issue(patientIds: readonly string[]): Promise<void> {
    const now = this.clock.now();
    const contexts = await this.forecasts.contextsOf(patientIds, now);
    const made: OwnedForecast[] = [];
    for (const context of contexts) {
      made.push(...this.forecastFor(context, now));
      await nextTurn();
    }
    if (made.length === 0) return;
    await this.dataSource.transaction(async (manager) => {
      const kept = await this.forecasts.keep(manager, now, made);
      const issuedAt = now.toISOString();
      await this.live.append(
        manager,
        kept.map((patientId) => ({ kind: 'forecast', patientId, issuedAt })),
      );
    });
  }

  /** None where the readings do not carry one. One for whom none can be made keeps nobody else waiting. */
  private forecastFor({ patientId, serving, known }: ForecastContext, now: Date): OwnedForecast[] {
    try {
      const made = personalForecast(known, Math.floor(now.getTime() / 1000), serving);
      return typeof made === 'string' ? [] : [{ patientId, ...issuedFrom(made, serving.model, POPULATION.version) }];
    } catch (error) {
      this.logger.error({ patientId, err: error }, 'no forecast could be made');
      return [];
    }
  }
}
