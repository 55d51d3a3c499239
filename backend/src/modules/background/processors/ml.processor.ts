import { OnWorkerEvent, Processor } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import { RunRunner } from '../../ml/run-runner.js';
import { payloadOf } from '../queue/job-envelope.js';
import { QUEUES } from '../queue/jobs.js';
import { type JobHandlers, QueueProcessor, WORKER_OPTIONS } from './queue.processor.js';

@Processor('ml', { ...QUEUES.ml, ...WORKER_OPTIONS })
export class MlProcessor extends QueueProcessor<'ml'> {
  private readonly logger = new Logger(MlProcessor.name);
  readonly handlers: JobHandlers<'ml'>;

  constructor(private readonly runner: RunRunner) {
    super();
    const run = ({ runId }: { readonly runId: string }) => this.runner.run(runId);
    this.handlers = { 'ml.run': run, 'ml.run-at-night': run };
  }

  /** Tells whoever asked, once no attempt is left; between attempts the run stays running. */
  @OnWorkerEvent('failed')
  async onFailed(job: Job | undefined): Promise<void> {
    const payload = job && payloadOf('ml.run', job);
    if (!payload || job.finishedOn === undefined) return;
    try {
      await this.runner.giveUp(payload.runId);
    } catch {
      // A listener has nobody above it: what it throws would end the process.
      this.logger.error(`analysis ${payload.runId} has failed and could not be marked as failed`);
    }
  }
}
