import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { DaysRebuild } from './days.rebuild.js';
import { DaysRepository } from './days.repository.js';
import { DaysWriter } from './days.writer.js';
import { DueBell, QueueBell } from './due-bell.js';
import { NewestReadings } from './newest-readings.js';
import { PatientIngestRepository } from './patient-ingest.repository.js';
import { PeriodTotalsRepository } from './period-totals.repository.js';
import { ReadingsListService } from './readings-list.service.js';
import { ReadingsController } from './readings.controller.js';
import { ReadingsRepository } from './readings.repository.js';
import { ReadingsService } from './readings.service.js';
import { ReadingsWithdrawal } from './readings.withdrawal.js';
import { SourcesController } from './sources.controller.js';
import { SourcesRepository } from './sources.repository.js';
import { SourcesService } from './sources.service.js';
import { TimeZonesController } from './time-zones.controller.js';
import { TimeZonesService } from './time-zones.service.js';

@Module({
  imports: [LiveModule, PatientsModule],
  controllers: [ReadingsController, SourcesController, TimeZonesController],
  providers: [
    DaysRebuild,
    DaysRepository,
    DaysWriter,
    { provide: DueBell, useClass: QueueBell },
    NewestReadings,
    PatientIngestRepository,
    PeriodTotalsRepository,
    ReadingsListService,
    ReadingsRepository,
    ReadingsService,
    ReadingsWithdrawal,
    SourcesRepository,
    SourcesService,
    TimeZonesService,
  ],
  exports: [DaysRebuild, DaysRepository, PeriodTotalsRepository, ReadingsService, ReadingsWithdrawal, TimeZonesService],
})
export class ReadingsModule {}
