import { Module } from '@nestjs/common';
import { PatientsModule } from '../patients/patients.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { GlycemiaController } from './glycemia.controller.js';
import { GlycemiaService } from './glycemia.service.js';
import { PatientFactsRepository } from './patient-facts.repository.js';

@Module({
  imports: [PatientsModule, ReadingsModule],
  controllers: [GlycemiaController],
  providers: [GlycemiaService, PatientFactsRepository],
  exports: [PatientFactsRepository],
})
export class GlycemiaModule {}
