import { Processor } from '@nestjs/bullmq';
import { AuditSealsService } from '../../audit/audit-seals.service.js';
import { DemoFeedService } from '../../demo/demo-feed.service.js';
import { DemoSeedService } from '../../demo/demo-seed.service.js';
import { ImportsService } from '../../imports/imports.service.js';
import { LiveEvents } from '../../live/live-events.js';
import { IssuingService } from '../../ml/forecasts/issuing.service.js';
import { RunsService } from '../../ml/runs.service.js';
import { NightsService } from '../../nights/nights.service.js';
import { QUEUES } from '../queue/jobs.js';
import { type JobHandlers, QueueProcessor, WORKER_OPTIONS } from './queue.processor.js';

@Processor('maintenance', { ...QUEUES.maintenance, ...WORKER_OPTIONS })
export class MaintenanceProcessor extends QueueProcessor<'maintenance'> {
  readonly handlers: JobHandlers<'maintenance'>;

  constructor(
    seed: DemoSeedService,
    demo: DemoFeedService,
    audit: AuditSealsService,
    imports: ImportsService,
    nights: NightsService,
    live: LiveEvents,
    runs: RunsService,
    forecasts: IssuingService,
  ) {
    super();
    this.handlers = {
      'demo.feed': async () => {
        await seed.seedIfMissing();
        await demo.feed();
      },
      'imports.resume': () => imports.resumeForgotten(),
      'ml.resume': () => runs.resumeForgotten(),
      'forecasts.issue': () => forecasts.sweep(),
      'nights.begin': () => nights.begin(),
      'nights.close': ({ patientIds }) => nights.close(patientIds),
      'live.forget': () => live.forgetOld(),
      'audit.seal': async () => void (await audit.seal()),
    };
  }
}
