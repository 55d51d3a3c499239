import { Processor } from '@nestjs/bullmq';
import { AuditSealsService } from '../../audit/audit-seals.service.js';
import { DemoFeedService } from '../../demo/demo-feed.service.js';
import { ImportsService } from '../../imports/imports.service.js';
import { QUEUES } from '../queue/jobs.js';
import { type JobHandlers, QueueProcessor } from './queue.processor.js';

@Processor('maintenance', { concurrency: QUEUES.maintenance.concurrency })
export class MaintenanceProcessor extends QueueProcessor<'maintenance'> {
  protected readonly handlers: JobHandlers<'maintenance'>;

  constructor(demo: DemoFeedService, audit: AuditSealsService, imports: ImportsService) {
    super();
    this.handlers = {
      'demo.feed': async () => void (await demo.feed()),
      'imports.resume': () => imports.resumeForgotten(),
      'audit.seal': async () => void (await audit.seal()),
    };
  }
}
