import { getQueueToken } from '@nestjs/bullmq';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { PinoLogger } from 'nestjs-pino';
import { Problem } from '../../../common/problem.js';
import type { JobEnvelope } from './job-envelope.js';
import { definitionOf, type JobName, type JobPayload, JOBS, type QueueName, QUEUES } from './jobs.js';

/** How long a caller waits for the queue. */
const PATIENCE_MS = 2_000;

/** After a failure callers are turned away at once for this long: they must not all wait, nor pile up in memory. */
const PAUSE_MS = 1_000;

/** How long a failure speaks against the queue where nothing was queued since: schedulers try again sooner than this. */
const REFUSED_MS = 15_000;

/** Puts work on its queue. */
@Injectable()
export class JobsService implements OnModuleInit {
  private failedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly logger: PinoLogger,
  ) {}

  onModuleInit(): void {
    for (const name of Object.keys(QUEUES) as QueueName[]) {
      // Without a listener each failed attempt to connect would be printed; health tells of an outage, and once.
      this.queue(name).on('error', () => undefined);
      boundGoodbye(this.queue(name));
    }
  }

  /** The last job could not be queued, though the queue may answer otherwise: one that is full still reads. */
  get refused(): boolean {
    return performance.now() - this.failedAt < REFUSED_MS;
  }

  /**
   * Throws `UNAVAILABLE` within two seconds where the queue cannot be reached. The job may still arrive afterwards.
   * @param id makes a repeat harmless while the job is known; handlers are idempotent beyond that. What may be asked for
   *   any number of times goes without, and is forgotten as soon as it is done.
   */
  async enqueue<N extends JobName>(name: N, payload: JobPayload<N>, id?: string): Promise<void> {
    if (performance.now() - this.failedAt < PAUSE_MS) throw unavailable();
    const priority = definitionOf(name)?.priority;
    const envelope: JobEnvelope<N> = { requestId: this.currentRequest(), payload };
    const options = {
      jobId: `${name}-${id ?? randomUUID()}`,
      ...(priority === undefined ? {} : { priority }),
      ...(id === undefined ? { removeOnComplete: true } : {}),
    };
    try {
      await inTime(this.queue(JOBS[name].queue).add(name, envelope, options));
      this.failedAt = Number.NEGATIVE_INFINITY;
    } catch {
      this.failedAt = performance.now();
      throw unavailable();
    }
  }

  /** For work that is stored, and asked for again where it is found undone: an outage of the queue keeps nobody from it. */
  async enqueueNowOrLater<N extends JobName>(name: N, payload: JobPayload<N>, id: string): Promise<void> {
    try {
      await this.enqueue(name, payload, id);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'UNAVAILABLE')) throw error;
    }
  }

  /** A job that asks for further jobs passes on the request that it runs for. */
  private currentRequest(): string | null {
    const { requestId } = this.logger.logger.bindings();
    return typeof requestId === 'string' ? requestId : null;
  }

  private queue(name: QueueName): Queue {
    return this.moduleRef.get<Queue>(getQueueToken(name), { strict: false });
  }
}

const unavailable = () => new Problem('UNAVAILABLE', 'Background work cannot be queued right now. Try again shortly.');

/** As a process leaves, a queue that is away would be waited for until it is back, to be told so. */
function boundGoodbye(queue: Queue): void {
  const close = queue.close.bind(queue);
  queue.close = () => inTime(close()).catch(() => undefined);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the queue did not answer in time')), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
