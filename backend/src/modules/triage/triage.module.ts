import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { GlycemiaModule } from '../glycemia/glycemia.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { TriageController } from './triage.controller.js';
import { TriageService } from './triage.service.js';

@Module({
  imports: [AuditModule, GlycemiaModule, ReadingsModule],
  controllers: [TriageController],
  providers: [TriageService],
})
export class TriageModule {}
