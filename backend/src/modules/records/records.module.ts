import { Module } from '@nestjs/common';
import { PatientsModule } from '../patients/patients.module.js';
import { RecordsController } from './records.controller.js';
import { RecordsRepository } from './records.repository.js';
import { RecordsService } from './records.service.js';

@Module({
  imports: [PatientsModule],
  controllers: [RecordsController],
  providers: [RecordsRepository, RecordsService],
  exports: [RecordsService],
})
export class RecordsModule {}
