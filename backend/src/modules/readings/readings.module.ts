import { Module } from '@nestjs/common';
import { DaysRepository } from './days.repository.js';
import { DaysWriter } from './days.writer.js';
import { PatientIngestRepository } from './patient-ingest.repository.js';
import { ReadingsRepository } from './readings.repository.js';
import { ReadingsService } from './readings.service.js';
import { SourcesRepository } from './sources.repository.js';

@Module({
  providers: [
    DaysRepository,
    DaysWriter,
    PatientIngestRepository,
    ReadingsRepository,
    ReadingsService,
    SourcesRepository,
  ],
  exports: [DaysRepository, ReadingsService],
})
export class ReadingsModule {}
