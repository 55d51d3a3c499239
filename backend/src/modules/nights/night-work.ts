import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../common/clock.js';
import { FindingsService } from '../alerts/findings.service.js';
import { ForecastRecordRepository } from '../ml/forecasts/forecast-record.repository.js';
import { RunsService } from '../ml/runs.service.js';
import { DaysRebuild } from '../readings/days.rebuild.js';
import { NightsRepository } from './nights.repository.js';

/** The local days of a patient that have finished since the last night: day numbers, both included. */
export interface Night {
  readonly patientId: string;
  readonly first: number;
  readonly last: number;
  /** When the last of them ended. */
  readonly endsAt: Date;
}

/**
 * What is done for a patient once local days are finished, in this order. Every step may be repeated: the watermark
 * moves when all are done. Work that a day needs after its end is added here.
 */
@Injectable()
export class NightWork {
  constructor(
    private readonly days: DaysRebuild,
    private readonly findings: FindingsService,
    private readonly runs: RunsService,
    private readonly forecasts: ForecastRecordRepository,
    private readonly nights: NightsRepository,
    private readonly clock: Clock,
    private readonly logger: PinoLogger,
  ) {}

  async run(night: Night): Promise<void> {
    await this.proveDays(night);
    // What recurs is asked of the days as they now are, and of the last one alone: what was missed is history.
    await this.findings.look(night.patientId, night.last);
    await this.runs.askAtNight(night.patientId, night.endsAt);
    await this.forecasts.forgetOld(night.patientId, night.endsAt);
  }

  /** Makes the finished days anew from their readings. Whatever differs was wrong: it is put right and counted. */
  private async proveDays({ patientId, first, last }: Night): Promise<void> {
    const days = await this.days.rebuildPeriod(patientId, { first, last });
    if (days === 0) return;
    this.logger.error({ patientId, days }, 'stored days were not what the readings say, and were made anew');
    await this.nights.noteRepair(patientId, { days, at: this.clock.now(), before: first - 1 });
  }
}
