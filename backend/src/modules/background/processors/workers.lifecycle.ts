import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Worker } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { setTimeout as pause } from 'node:timers/promises';
import { Drain } from '../../../common/lifecycle/drain.js';
import { Liveness } from '../../../common/lifecycle/liveness.js';
import type { QueueName } from '../queue/jobs.js';
import type { QueueProcessor } from './queue.processor.js';
import { processorsOf, workersOf } from './workers-of.js';

/** A worker with nothing under way that waits this long for its queue waits for one that is away. */
const AWAY_MS = 3_000;
const LOOK_MS = 100;

/**
 * Lets running jobs end before anything they need goes away: every hook of this kind comes before those in which
 * connections close, in whatever order modules are listed. A job that takes too long is handed back: its lock runs out,
 * and the next worker takes it.
 */
@Injectable()
export class WorkersLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly seenRunning = new WeakSet<Worker>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly drain: Drain,
    private readonly liveness: Liveness,
    private readonly logger: PinoLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.liveness.require(
      'workers',
      () => this.drain.begun || workersOf(this.discovery).every((worker) => this.lives(worker)),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.drain.begin();
    const patience = AbortSignal.timeout(this.drain.millisecondsForWork());
    await Promise.all(processorsOf(this.discovery).map((processor) => this.close(processor, patience)));
  }

  /** A worker that waits for its queue to come up has not died. */
  private lives(worker: Worker): boolean {
    if (worker.isRunning()) this.seenRunning.add(worker);
    return worker.isRunning() || !this.seenRunning.has(worker);
  }

  private async close(processor: QueueProcessor<QueueName>, patience: AbortSignal): Promise<void> {
    const { worker } = processor;
    let paused = false;
    // Not `close()`, which cannot be forced once it waits.
    const idle = worker.pause().then(
      () => (paused = true),
      () => false,
    );
    const force = !(await Promise.race([idle, givenUp(patience), queueIsAway(processor, () => paused)]));
    if (force)
      this.logger.warn({ queue: worker.name }, processor.isIdle ? 'left without the queue' : 'jobs handed back');
    await worker.close(force);
  }
}

const givenUp = (patience: AbortSignal): Promise<false> =>
  new Promise((resolve) => patience.addEventListener('abort', () => resolve(false), { once: true }));

/** Resolves once nothing has been under way for a while although the worker was told to rest. */
async function queueIsAway(processor: QueueProcessor<QueueName>, isPaused: () => boolean): Promise<false> {
  for (let idleMs = 0; idleMs < AWAY_MS && !isPaused(); idleMs = processor.isIdle ? idleMs + LOOK_MS : 0) {
    await pause(LOOK_MS);
  }
  return false;
}
