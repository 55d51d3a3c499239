import { WorkerHost } from '@nestjs/bullmq';
import { type Job, UnrecoverableError } from 'bullmq';
import { type JobName, type JobPayload, JOBS, type QueueName } from '../queue/jobs.js';

export type JobHandlers<Q extends QueueName> = {
  readonly [N in JobName as (typeof JOBS)[N]['queue'] extends Q ? N : never]: (payload: JobPayload<N>) => Promise<void>;
};

/** Parses a job of one queue and hands it to its feature. The type makes sure that every job of the queue has a handler. */
export abstract class QueueProcessor<Q extends QueueName> extends WorkerHost {
  protected abstract readonly handlers: JobHandlers<Q>;

  override async process(job: Job): Promise<void> {
    const definition = Object.hasOwn(JOBS, job.name) ? JOBS[job.name as JobName] : undefined;
    const handler = Object.hasOwn(this.handlers, job.name)
      ? this.handlers[job.name as keyof JobHandlers<Q>]
      : undefined;
    const payload = definition?.payload.safeParse(job.data);
    // Neither gets better by trying again.
    if (!handler || !payload?.success) {
      throw new UnrecoverableError(`no handler or a malformed payload for ${job.name}`);
    }
    await (handler as (payload: unknown) => Promise<void>)(payload.data);
  }
}
