import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { AlertTimeline } from './alert-timeline.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';
import { AnswersRepository } from './answers.repository.js';
import { AnswersService } from './answers.service.js';
import { EpisodesRepository } from './episodes.repository.js';
import { EvaluationRepository } from './evaluation.repository.js';
import { EvaluationService } from './evaluation.service.js';
import { ListeningService } from './listening.service.js';

@Module({
  imports: [AuditModule, PatientsModule, ReadingsModule],
  controllers: [AlertsController],
  providers: [
    AlertTimeline,
    AlertsRepository,
    AlertsService,
    AnswersRepository,
    AnswersService,
    EpisodesRepository,
    EvaluationRepository,
    EvaluationService,
    ListeningService,
  ],
  exports: [AlertTimeline, EvaluationService],
})
export class AlertsModule {}
