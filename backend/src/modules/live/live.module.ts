import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { JobNews } from './job-news.js';
import { LiveBacklogRepository } from './live-backlog.repository.js';
import { LiveEvents } from './live-events.js';
import { LiveFeed } from './live-feed.js';
import { LiveController } from './live.controller.js';
import { LiveService } from './live.service.js';
import { ShownAlertsRepository } from './shown-alerts.repository.js';

@Module({
  imports: [AuditModule, AuthModule, PatientsModule],
  controllers: [LiveController],
  providers: [JobNews, LiveBacklogRepository, LiveEvents, LiveFeed, LiveService, ShownAlertsRepository],
  exports: [JobNews, LiveEvents],
})
export class LiveModule {}
