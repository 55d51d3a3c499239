import { Module } from '@nestjs/common';
import { AlertWatchService } from './alert-watch.service.js';
import { AlertWorkRepository } from './alert-work.repository.js';
import { HeartbeatService } from './heartbeat.service.js';

/** Whether alerts are found and sent, for those inside and for whoever watches from outside. */
@Module({
  providers: [AlertWatchService, AlertWorkRepository, HeartbeatService],
  exports: [AlertWatchService, AlertWorkRepository, HeartbeatService],
})
export class HeartbeatModule {}
