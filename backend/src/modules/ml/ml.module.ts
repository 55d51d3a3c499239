import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { AnalysisProcess } from './analyses/analysis-process.js';
import { ForecastRecordRepository } from './forecasts/forecast-record.repository.js';
import { ForecastService } from './forecasts/forecast.service.js';
import { IssuingRepository } from './forecasts/issuing.repository.js';
import { IssuingService } from './forecasts/issuing.service.js';
import { HistoryRepository } from './history.repository.js';
import { LowRiskHintsRepository } from './low-risk-hints.repository.js';
import { MlController } from './ml.controller.js';
import { RunRunner } from './run-runner.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import { TracesService } from './traces.service.js';

@Module({
  imports: [LiveModule, PatientsModule, ReadingsModule],
  controllers: [MlController],
  providers: [
    RunsService,
    RunRunner,
    RunsRepository,
    HistoryRepository,
    LowRiskHintsRepository,
    AnalysisProcess,
    ForecastService,
    TracesService,
    ForecastRecordRepository,
    IssuingRepository,
    IssuingService,
  ],
  exports: [RunsService, RunRunner, ForecastRecordRepository, IssuingService],
})
export class MlModule {}
