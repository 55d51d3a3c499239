import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { LiveBacklogRepository } from './live-backlog.repository.js';
import { LiveEvents } from './live-events.js';
import { LiveFeed } from './live-feed.js';
import { LiveController } from './live.controller.js';
import { LiveService } from './live.service.js';

@Module({
  imports: [AuditModule, AuthModule, PatientsModule],
  controllers: [LiveController],
  providers: [LiveBacklogRepository, LiveEvents, LiveFeed, LiveService],
  exports: [LiveEvents],
})
export class LiveModule {}
