import { join } from 'node:path';
import { cutDiagonals } from '../../../domain/patterns/matrix-profile/cut-diagonals.js';
import { Neighbours } from '../../../domain/patterns/matrix-profile/neighbours.js';
import { wholeNumber } from '../../../domain/patterns/matrix-profile/parameters.js';
import {
  finishSelfJoin,
  type SelfJoin,
  type SelfJoinOptions,
  selfJoinPlan,
} from '../../../domain/patterns/matrix-profile/self-join.js';
import { windowsOf } from '../../../domain/patterns/matrix-profile/windows.js';
import { CANCELLED, type SweepFound, type SweepTask } from './sweep-task.js';
import { SweepThread } from './sweep-thread.js';

/** Small enough for a busy core to leave its share to the other, and for progress and cancelling. */
const RANGES = 64;

export interface RunOptions extends SelfJoinOptions {
  readonly signal?: AbortSignal;
  /** Called with the part of the pairs that has been looked at, above 0 up to 1. */
  readonly onProgress?: (part: number) => void;
}

/**
 * Self-joins in worker threads, which stay for the next one. The result is that of `selfJoin`, to the bit, whatever the
 * number of threads and whichever is the faster.
 */
export class SelfJoinThreads {
  private threads: readonly SweepThread[];
  private isClosed = false;
  private previous: Promise<unknown> = Promise.resolve();

  /** @param entry what a thread runs; only code that is not compiled says another. */
  constructor(
    threads: number,
    private readonly entry = join(__dirname, 'sweep.worker.js'),
  ) {
    wholeNumber('threads', threads, 1);
    this.threads = Array.from({ length: threads }, () => new SweepThread(entry));
  }

  /** One join at a time: the next waits. Rejects with the signal's reason once that is aborted. */
  run(series: ArrayLike<number>, m: number, options: RunOptions = {}): Promise<SelfJoin> {
    const next = this.previous.then(() => this.join(series, m, options));
    this.previous = next.catch(() => undefined);
    return next;
  }

  /** What runs is rejected, and so is what waits or comes later. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  private async join(series: ArrayLike<number>, m: number, options: RunOptions): Promise<SelfJoin> {
    const { signal, onProgress } = options;
    signal?.throwIfAborted();
    if (this.isClosed) throw new Error('the threads of the matrix profile are closed');
    const windows = windowsOf(series, m);
    const plan = selfJoinPlan(windows, options);
    const ranges = cutDiagonals(plan.zone + 1, windows.count, RANGES);
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const task = { series: Float64Array.from(series), m, k: plan.k, comparison: plan.comparison, ranges, shared };
    const cancel = (): void => void Atomics.store(shared, CANCELLED, 1);
    signal?.addEventListener('abort', cancel);
    let done = 0;
    try {
      const found = await this.sweep(task, () => onProgress?.(++done / ranges.length));
      signal?.throwIfAborted();
      const rows = new Neighbours(windows.count, plan.k);
      const columns = new Neighbours(windows.count, plan.k);
      for (const one of found) {
        rows.merge({ k: plan.k, ...one.rows });
        columns.merge({ k: plan.k, ...one.columns });
      }
      return finishSelfJoin(windows, { rows, columns }, plan);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
  /**
   * Every thread's part. Where one fails the others are told to stop, and have stopped before this rejects: none is still
   * at this task when the next begins. A thread that ended is replaced by then.
   */
  private async sweep(task: SweepTask, onRange: () => void): Promise<SweepFound[]> {
    this.threads = this.threads.map((thread) => (thread.hasEnded ? new SweepThread(this.entry) : thread));
    const parts = this.threads.map((thread) => thread.sweep(task, onRange));
    for (const part of parts) part.catch(() => Atomics.store(task.shared, CANCELLED, 1));
    await Promise.allSettled(parts);
    return Promise.all(parts);
  }
}
