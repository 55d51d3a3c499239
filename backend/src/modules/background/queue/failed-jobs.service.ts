import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Job, Queue } from 'bullmq';
import { Problem } from '../../../common/problem.js';
import { type QueueName, QUEUES } from './jobs.js';

/** A job that was given up after its last attempt. */
export interface FailedJob {
  readonly id: string;
  readonly name: string;
  readonly queue: QueueName;
  readonly attempts: number;
  readonly failedAt: string | null;
  /** Kind of the last error, without any value. */
  readonly reason: string;
}

/** The jobs that nobody works on any more, of all organisations: for the administrator of the platform. */
@Injectable()
export class FailedJobsService {
  constructor(private readonly moduleRef: ModuleRef) {}

  /** Newest first within each queue. */
  async list(limit: number): Promise<FailedJob[]> {
    const lists = await Promise.all(
      this.queues().map(async ([name, queue]) =>
        (await queue.getFailed(0, limit - 1)).map((job): FailedJob => ({
          id: job.id ?? '',
          name: job.name,
          queue: name,
          attempts: job.attemptsMade,
          failedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn).toISOString(),
          reason: job.failedReason,
        })),
      ),
    );
    return lists.flat();
  }

  /** Puts a failed job back to wait, with all its attempts. */
  async retry(id: string): Promise<void> {
    await (await this.find(id)).retry('failed', { resetAttemptsMade: true });
  }

  async discard(id: string): Promise<void> {
    await (await this.find(id)).remove();
  }

  private async find(id: string): Promise<Job> {
    for (const [, queue] of this.queues()) {
      const job: Job | undefined = await queue.getJob(id);
      if (job && (await job.isFailed())) return job;
    }
    throw new Problem('NOT_FOUND', 'There is no failed job of this id.');
  }

  private queues(): [QueueName, Queue][] {
    return (Object.keys(QUEUES) as QueueName[]).map((name) => [
      name,
      this.moduleRef.get<Queue>(getQueueToken(name), { strict: false }),
    ]);
  }
}
