import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { RecordsModule } from '../records/records.module.js';
import { ImportPartsRepository } from './import-parts.repository.js';
import { ImportRunner } from './import-runner.js';
import { ImportUndo } from './import-undo.js';
import { ImportsController } from './imports.controller.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';

@Module({
  imports: [LiveModule, PatientsModule, ReadingsModule, RecordsModule],
  controllers: [ImportsController],
  providers: [ImportsService, ImportRunner, ImportUndo, ImportsRepository, ImportPartsRepository],
  exports: [ImportsService, ImportRunner],
})
export class ImportsModule {}
