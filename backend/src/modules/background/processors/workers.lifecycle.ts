import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Worker } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { Drain } from '../../../common/lifecycle/drain.js';
import { Liveness } from '../../../common/lifecycle/liveness.js';
import { workersOf } from './workers-of.js';

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
    await Promise.all(workersOf(this.discovery).map((worker) => this.close(worker, patience)));
  }

  /** A worker that waits for its queue to come up has not died. */
  private lives(worker: Worker): boolean {
    if (worker.isRunning()) this.seenRunning.add(worker);
    return worker.isRunning() || !this.seenRunning.has(worker);
  }

  private async close(worker: Worker, patience: AbortSignal): Promise<void> {
    const gaveUp = new Promise<'gave up'>((resolve) =>
      patience.addEventListener('abort', () => resolve('gave up'), { once: true }),
    );
    // Not `close()`, which cannot be forced once it waits.
    const idle = worker.pause().then(
      () => 'idle' as const,
      () => 'gave up' as const,
    );
    const force = (await Promise.race([idle, gaveUp])) === 'gave up';
    if (force) this.logger.warn({ queue: worker.name }, 'jobs handed back');
    await worker.close(force);
  }
}
