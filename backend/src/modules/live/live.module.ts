import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { LiveBacklogRepository } from './live-backlog.repository.js';
import { LiveEvents } from './live-events.js';
import { LiveFeed } from './live-feed.js';
import { LiveController } from './live.controller.js';
import { LiveService } from './live.service.js';
import { ShownAlertsRepository } from './shown-alerts.repository.js';

@Module({
  imports: [AuditModule, AuthModule, PatientsModule],
  controllers: [LiveController],
  providers: [LiveBacklogRepository, LiveEvents, LiveFeed, LiveService, ShownAlertsRepository],
  exports: [LiveEvents],
})
export class LiveModule {}
