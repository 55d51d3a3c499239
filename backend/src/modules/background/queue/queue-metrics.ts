import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Clock } from '../../../common/clock.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { QUEUES } from './jobs.js';

const SHOWN = ['waiting', 'active', 'delayed', 'failed'] as const;

/** A job with a priority waits apart from the others, and counts among them. */
const STATES = [...SHOWN, 'prioritized'] as const;

const isShown = (state: string): state is (typeof SHOWN)[number] => SHOWN.some((shown) => shown === state);

/** The queue is asked at most this often, however many read the metrics. */
const FRESH_MS = 5_000;

/** Where the queue does not answer in time, the metrics are told without it. */
const PATIENCE_MS = 2_000;

/** Tells how many jobs wait, and since when. */
@Injectable()
export class QueueMetrics {
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {
    metrics.beforeReading(() => this.refresh());
  }

  private async refresh(): Promise<void> {
    if (performance.now() - this.readAt < FRESH_MS) return;
    this.readAt = performance.now();
    const gaveUp = AbortSignal.timeout(PATIENCE_MS);
    const patience = new Promise<never>((_resolve, reject) =>
      gaveUp.addEventListener('abort', () => reject(new Error('the queue does not answer')), { once: true }),
    );
    const reading = Promise.all(Object.keys(QUEUES).map((name) => this.read(name)));
    try {
      await Promise.race([reading, patience]);
    } catch {
      this.metrics.clear('glucolens_queue_jobs');
      this.metrics.clear('glucolens_queue_oldest_waiting_seconds');
    }
  }

  private async read(name: string): Promise<void> {
    const queue = this.moduleRef.get<Queue>(getQueueToken(name), { strict: false });
    const { waiting = 0, prioritized = 0, ...others } = await queue.getJobCounts(...STATES);
    for (const [state, count] of Object.entries({ ...others, waiting: waiting + prioritized })) {
      if (isShown(state)) this.metrics.set('glucolens_queue_jobs', { queue: name, state }, count);
    }
    const first = [...(await queue.getWaiting(0, 0)), ...(await queue.getPrioritized(0, 0))];
    const now = this.clock.now().getTime();
    const seconds = Math.max(0, ...first.map(({ timestamp }) => now - timestamp)) / 1_000;
    this.metrics.set('glucolens_queue_oldest_waiting_seconds', { queue: name }, seconds);
  }
}
