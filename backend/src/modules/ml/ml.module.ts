import { Module } from '@nestjs/common';
import { PatientsModule } from '../patients/patients.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { AnalysisThread } from './analyses/analysis-thread.js';
import { ForecastService } from './forecasts/forecast.service.js';
import { HistoryRepository } from './history.repository.js';
import { MlController } from './ml.controller.js';
import { RunRunner } from './run-runner.js';
import { RunsRepository } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import { TracesService } from './traces.service.js';

@Module({
  imports: [PatientsModule, ReadingsModule],
  controllers: [MlController],
  providers: [
    RunsService,
    RunRunner,
    RunsRepository,
    HistoryRepository,
    AnalysisThread,
    ForecastService,
    TracesService,
  ],
  exports: [RunsService, RunRunner],
})
export class MlModule {}
