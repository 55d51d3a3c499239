import { WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { type Job, UnrecoverableError } from 'bullmq';
import { payloadOf } from '../queue/job-envelope.js';
import { type JobName, type JobPayload, JOBS, type QueueName } from '../queue/jobs.js';
import { JobRun } from './job-run.js';

export type JobHandlers<Q extends QueueName> = {
  readonly [N in JobName as (typeof JOBS)[N]['queue'] extends Q ? N : never]: (payload: JobPayload<N>) => Promise<void>;
};

/** Parses a job of one queue and hands it to its feature. The type makes sure that every job of the queue has a handler. */
export abstract class QueueProcessor<Q extends QueueName> extends WorkerHost {
  protected abstract readonly handlers: JobHandlers<Q>;

  @Inject(JobRun)
  private readonly run!: JobRun;

  override process(job: Job): Promise<void> {
    return this.run.attempt(job, () => this.handle(job));
  }

  private async handle(job: Job): Promise<void> {
    const payload = Object.hasOwn(JOBS, job.name) ? payloadOf(job.name as JobName, job) : null;
    const handler = Object.hasOwn(this.handlers, job.name)
      ? this.handlers[job.name as keyof JobHandlers<Q>]
      : undefined;
    // Neither gets better by trying again.
    if (!handler || payload === null) {
      throw new UnrecoverableError(`no handler or a malformed payload for ${job.name}`);
    }
    await (handler as (payload: unknown) => Promise<void>)(payload);
  }
}
