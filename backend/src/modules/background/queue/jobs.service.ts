import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { type JobName, type JobPayload, JOBS } from './jobs.js';

/** Puts work on its queue. The id makes a repeat harmless while the job is known; handlers are idempotent beyond that. */
@Injectable()
export class JobsService {
  constructor(private readonly moduleRef: ModuleRef) {}

  async enqueue<N extends JobName>(name: N, payload: JobPayload<N>, id: string): Promise<void> {
    const queue = this.moduleRef.get<Queue>(getQueueToken(JOBS[name].queue), { strict: false });
    await queue.add(name, payload, { jobId: `${name}-${id}` });
  }
}
