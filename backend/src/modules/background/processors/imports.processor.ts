import { OnWorkerEvent, Processor } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { ImportRunner } from '../../imports/import-runner.js';
import { payloadOf } from '../queue/job-envelope.js';
import { QUEUES } from '../queue/jobs.js';
import { type JobHandlers, QueueProcessor, WORKER_OPTIONS } from './queue.processor.js';

@Processor('imports', { ...QUEUES.imports, ...WORKER_OPTIONS })
export class ImportsProcessor extends QueueProcessor<'imports'> {
  private readonly logger = new Logger(ImportsProcessor.name);
  readonly handlers: JobHandlers<'imports'>;

  constructor(private readonly runner: ImportRunner) {
    super();
    this.handlers = { 'imports.run': ({ importId }) => this.runner.run(importId) };
  }

  /** Tells the uploader once no attempt is left; between attempts the import stays running. */
  @OnWorkerEvent('failed')
  async onFailed(job: Job | undefined): Promise<void> {
    const payload = job && payloadOf('imports.run', job);
    if (!payload || job.finishedOn === undefined) return;
    const { importId } = payload;
    try {
      await this.runner.giveUp(importId);
    } catch {
      // A listener has nobody above it: what it throws would end the process.
      this.logger.error(`import ${importId} has failed and could not be marked as failed`);
    }
  }
}
