import { OnWorkerEvent, Processor } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import { ImportRunner } from '../../imports/import-runner.js';
import { JOBS, QUEUES } from '../queue/jobs.js';
import { type JobHandlers, QueueProcessor } from './queue.processor.js';

@Processor('imports', { concurrency: QUEUES.imports.concurrency })
export class ImportsProcessor extends QueueProcessor<'imports'> {
  protected readonly handlers: JobHandlers<'imports'>;

  constructor(private readonly runner: ImportRunner) {
    super();
    this.handlers = { 'imports.run': ({ importId }) => this.runner.run(importId) };
  }

  /** Tells the uploader once no attempt is left; between attempts the import stays running. */
  @OnWorkerEvent('failed')
  async onFailed(job: Job | undefined): Promise<void> {
    const payload = JOBS['imports.run'].payload.safeParse(job?.data);
    if (!job || !payload.success || job.finishedOn === undefined) return;
    await this.runner.giveUp(payload.data.importId);
  }
}
