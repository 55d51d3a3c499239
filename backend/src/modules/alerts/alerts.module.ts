import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { HeartbeatModule } from '../heartbeat/heartbeat.module.js';
import { LiveModule } from '../live/live.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ReadingsModule } from '../readings/readings.module.js';
import { AlertChangesWriter } from './alert-changes.writer.js';
import { AlertSettingsController } from './alert-settings.controller.js';
import { AlertSettingsRepository } from './alert-settings.repository.js';
import { AlertSettingsService } from './alert-settings.service.js';
import { AlertTimeline } from './alert-timeline.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsRepository } from './alerts.repository.js';
import { AlertsService } from './alerts.service.js';
import { AnswersRepository } from './answers.repository.js';
import { AnswersService } from './answers.service.js';
import { ClinicChoices } from './clinic-choices.js';
import { ContactsRepository } from './contacts.repository.js';
import { DuePatientsRepository } from './due-patients.repository.js';
import { EpisodesRepository } from './episodes.repository.js';
import { EvaluationFailures } from './evaluation-failures.js';
import { EvaluationMetrics } from './evaluation-metrics.js';
import { EvaluationRepository } from './evaluation.repository.js';
import { EvaluationService } from './evaluation.service.js';
import { FindingsRepository } from './findings.repository.js';
import { FindingsService } from './findings.service.js';
import { ListeningService } from './listening.service.js';
import { SoundBell } from './sound-bell.js';
import { StatisticsRepository } from './statistics.repository.js';
import { WhatIfService } from './what-if.service.js';

@Module({
  imports: [AuditModule, HeartbeatModule, LiveModule, OrganisationsModule, PatientsModule, ReadingsModule],
  controllers: [AlertsController, AlertSettingsController],
  providers: [
    AlertChangesWriter,
    AlertSettingsRepository,
    AlertSettingsService,
    AlertTimeline,
    AlertsRepository,
    AlertsService,
    AnswersRepository,
    AnswersService,
    ClinicChoices,
    DuePatientsRepository,
    ContactsRepository,
    EpisodesRepository,
    EvaluationFailures,
    EvaluationMetrics,
    EvaluationRepository,
    EvaluationService,
    FindingsRepository,
    FindingsService,
    ListeningService,
    SoundBell,
    StatisticsRepository,
    WhatIfService,
  ],
  exports: [AlertTimeline, EvaluationService, FindingsService, SoundBell],
})
export class AlertsModule {}
