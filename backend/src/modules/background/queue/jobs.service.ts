import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import type { JobEnvelope } from './job-envelope.js';
import { type JobName, type JobPayload, JOBS } from './jobs.js';

/** Puts work on its queue. The id makes a repeat harmless while the job is known; handlers are idempotent beyond that. */
@Injectable()
export class JobsService {
  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly logger: PinoLogger,
  ) {}

  async enqueue<N extends JobName>(name: N, payload: JobPayload<N>, id: string): Promise<void> {
    const queue = this.moduleRef.get<Queue>(getQueueToken(JOBS[name].queue), { strict: false });
    const envelope: JobEnvelope<N> = { requestId: this.currentRequest(), payload };
    await queue.add(name, envelope, { jobId: `${name}-${id}` });
  }

  /** A job that asks for further jobs passes on the request that it runs for. */
  private currentRequest(): string | null {
    const { requestId } = this.logger.logger.bindings();
    return typeof requestId === 'string' ? requestId : null;
  }
}
