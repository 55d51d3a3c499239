import { Module } from '@nestjs/common';
import { PatientsModule } from '../patients/patients.module.js';
import { DaysRepository } from './days.repository.js';
import { DaysWriter } from './days.writer.js';
import { PatientIngestRepository } from './patient-ingest.repository.js';
import { PeriodTotalsRepository } from './period-totals.repository.js';
import { ReadingsListService } from './readings-list.service.js';
import { ReadingsController } from './readings.controller.js';
import { ReadingsRepository } from './readings.repository.js';
import { ReadingsService } from './readings.service.js';
import { SourcesRepository } from './sources.repository.js';

@Module({
  imports: [PatientsModule],
  controllers: [ReadingsController],
  providers: [
    DaysRepository,
    DaysWriter,
    PatientIngestRepository,
    PeriodTotalsRepository,
    ReadingsListService,
    ReadingsRepository,
    ReadingsService,
    SourcesRepository,
  ],
  exports: [DaysRepository, PeriodTotalsRepository, ReadingsService],
})
export class ReadingsModule {}
