import { Injectable } from '@nestjs/common';
import { type Job, UnrecoverableError } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { type ErrorFacts, errorFacts } from '../../../common/error-facts.js';
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
  constructor(private readonly logger: PinoLogger) {}

  async attempt(job: Job, work: () => Promise<void>): Promise<void> {
    const requestId = requestOf(job);
    const bindings = {
      ...(requestId ? { requestId } : {}),
      job: job.name,
      jobId: job.id,
      queue: job.queueName,
      attempt: job.attemptsMade + 1,
    };
    await this.logger.runInContext(() => this.observe(work), { bindings });
  }

  private async observe(work: () => Promise<void>): Promise<void> {
    const start = performance.now();
    const milliseconds = () => Math.round(performance.now() - start);
    try {
      await work();
      this.logger.info({ milliseconds: milliseconds() }, 'job completed');
    } catch (error) {
      this.logger.error({ milliseconds: milliseconds(), err: error }, 'job failed');
      throw error instanceof UnrecoverableError ? error : new JobFailure(errorFacts(error));
    }
  }
}
