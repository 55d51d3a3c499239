import { getQueueToken } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { Liveness } from '../../../common/lifecycle/liveness.js';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { HealthChecks } from '../../health/health-checks.js';
import { workersOf } from './workers-of.js';

/** Looks within the time after which a worker counts as stuck. */
const LOOKS = 10;

/**
 * Notices a worker that lives and does nothing: jobs wait for it at every look, and it neither takes nor ends one. Time
 * is counted in looks, so that a process that was stopped, or an outage of what jobs need, is not held against it.
 */
@Injectable()
export class WorkerProgress implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Looks in a row at which jobs waited in vain, by the name of their queue. */
  private readonly inVain = new Map<string, number>();
  private readonly stuck = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private looking = false;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly moduleRef: ModuleRef,
    private readonly checks: HealthChecks,
    private readonly liveness: Liveness,
    private readonly logger: PinoLogger,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  onApplicationBootstrap(): void {
    for (const worker of workersOf(this.discovery)) {
      for (const event of ['active', 'completed', 'failed'] as const) worker.on(event, () => this.moves(worker.name));
    }
    this.liveness.require('jobs', () => this.stuck.size === 0);
    const every = (this.environment.WORKER_STUCK_SECONDS * 1_000) / LOOKS;
    this.timer = setInterval(() => void this.look(), every).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    this.stuck.clear();
  }

  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const needed = await Promise.all([this.checks.ask('database'), this.checks.ask('queue')]);
      const reachable = needed.every(({ up }) => up);
      for (const { name } of workersOf(this.discovery)) {
        if (reachable && (await this.isWaitedFor(name))) this.countInVain(name);
        else this.moves(name);
      }
    } catch {
      // The queue went away between two questions: the next look tells.
      this.inVain.clear();
    } finally {
      this.looking = false;
    }
  }

  private async isWaitedFor(name: string): Promise<boolean> {
    const queue = this.moduleRef.get<Queue>(getQueueToken(name), { strict: false });
    const { waiting = 0, prioritized = 0 } = await queue.getJobCounts('waiting', 'prioritized');
    return waiting + prioritized > 0 && !(await queue.isPaused());
  }

  private countInVain(queue: string): void {
    const looks = (this.inVain.get(queue) ?? 0) + 1;
    this.inVain.set(queue, looks);
    if (looks < LOOKS || this.stuck.has(queue)) return;
    this.stuck.add(queue);
    this.logger.error({ queue, seconds: this.environment.WORKER_STUCK_SECONDS }, 'jobs wait and the worker is stuck');
  }

  private moves(queue: string): void {
    this.inVain.delete(queue);
    if (this.stuck.delete(queue)) this.logger.info({ queue }, 'the worker is no longer stuck');
  }
}
