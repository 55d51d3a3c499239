import { Injectable } from '@nestjs/common';
import { type Job, UnrecoverableError } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../../common/clock.js';
import { type ErrorFacts, errorFacts } from '../../../common/errors/error-facts.js';
import { UnexpectedErrors } from '../../../common/errors/unexpected-errors.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { requestOf } from '../queue/job-envelope.js';

/** Stands for the error of a job in the queue, where errors are kept: without the message, which may repeat values. */
class JobFailure extends Error {
  constructor({ type, code, stack }: ErrorFacts) {
    super(code ? `${type} ${code}` : type);
    this.name = 'JobFailure';
    this.stack = `${this.message}\n${stack ?? ''}`;
  }
}

/** Runs one attempt of a job and tells of it in one line. What is logged on the way names the job and its request. */
@Injectable()
export class JobRun {
  constructor(
    private readonly logger: PinoLogger,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly errors: UnexpectedErrors,
  ) {}

  async attempt(job: Job, work: () => Promise<void>): Promise<void> {
    const requestId = requestOf(job);
    const bindings = {
      ...(requestId ? { requestId } : {}),
      job: job.name,
      jobId: job.id,
      queue: job.queueName,
      attempt: job.attemptsMade + 1,
    };
    await this.logger.runInContext(() => this.observe(job, work), { bindings });
  }

  private async observe(job: Job, work: () => Promise<void>): Promise<void> {
    const start = performance.now();
    const tell = (outcome: 'completed' | 'failed' | 'dead', more: { err?: unknown } = {}) => {
      const milliseconds = Math.round(performance.now() - start);
      this.metrics.observe('glucolens_job_duration_seconds', { job_name: job.name, outcome }, milliseconds / 1_000);
      this.logger[outcome === 'completed' ? 'info' : 'error']({ milliseconds, ...more }, `job ${outcome}`);
    };
    try {
      await work();
    } catch (error) {
      const dead = isLast(job, error);
      tell(dead ? 'dead' : 'failed', { err: error });
      if (dead) this.errors.take('job', error, job.name, requestOf(job));
      throw error instanceof UnrecoverableError ? error : new JobFailure(errorFacts(error));
    }
    tell('completed');
    const seconds = this.clock.now().getTime() / 1_000;
    this.metrics.set('glucolens_job_last_success_timestamp_seconds', { job_name: job.name }, seconds);
  }
}

const isLast = (job: Job, error: unknown): boolean =>
  error instanceof UnrecoverableError || job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
