import { OnWorkerEvent, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger } from '@nestjs/common';
import { isNotConnectionError, type Job, UnrecoverableError } from 'bullmq';
import { isDatabaseUnavailable } from '../../../database/database-errors.js';
import { payloadOf } from '../queue/job-envelope.js';
import { type JobName, type JobPayload, JOBS, type QueueName } from '../queue/jobs.js';
import { JobRun } from './job-run.js';

export type JobHandlers<Q extends QueueName> = {
  readonly [N in JobName as (typeof JOBS)[N]['queue'] extends Q ? N : never]: (payload: JobPayload<N>) => Promise<void>;
};

/**
 * How a worker notices a killed one: its lock runs out after 30 seconds, and the job goes to whoever looks next. A job
 * that takes its worker down with it each time is given up in the end.
 */
export const WORKER_OPTIONS = {
  lockDuration: 30_000,
  stalledInterval: 10_000,
  maxStalledCount: 3,
  runRetryDelay: 2_000,
};

/** What a worker says of its own work is told at most this often. */
const SAME_TROUBLE_MS = 60_000;

/** Parses a job of one queue and hands it to its feature. */
export abstract class QueueProcessor<Q extends QueueName> extends WorkerHost {
  abstract readonly handlers: JobHandlers<Q>;
  private readonly queueLogger = new Logger('Queue');
  private troubledAt = Number.NEGATIVE_INFINITY;

  @Inject(JobRun)
  private readonly run!: JobRun;

  private underWay = 0;

  /** Whether no job of this process is being worked on. */
  get isIdle(): boolean {
    return this.underWay === 0;
  }

  override async process(job: Job): Promise<void> {
    this.underWay += 1;
    try {
      await this.run.attempt(job, () => this.handle(job));
    } finally {
      this.underWay -= 1;
    }
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

  /**
   * Workers connect again by themselves, and an outage is told once, by health. Without a listener each failed attempt
   * would be printed.
   */
  @OnWorkerEvent('error')
  onError(error: Error): void {
    if (!isNotConnectionError(error) || isDatabaseUnavailable(error)) return;
    const now = performance.now();
    if (now - this.troubledAt > SAME_TROUBLE_MS) this.queueLogger.warn(`a worker is in trouble: ${error.name}`);
    this.troubledAt = now;
  }
}
