import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { cutDiagonals } from '../../../domain/patterns/matrix-profile/cut-diagonals.js';
import { Neighbours } from '../../../domain/patterns/matrix-profile/neighbours.js';
import {
  finishSelfJoin,
  type SelfJoin,
  type SelfJoinOptions,
  selfJoinPlan,
} from '../../../domain/patterns/matrix-profile/self-join.js';
import { windowsOf } from '../../../domain/patterns/matrix-profile/windows.js';
import { CANCELLED, type SweepFound, type SweepMessage, type SweepTask } from './sweep-task.js';

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
  private readonly workers: Worker[];
  private previous: Promise<unknown> = Promise.resolve();

  /** @param entry what a thread runs; only code that is not compiled says another. */
  constructor(threads: number, entry = join(__dirname, 'sweep.worker.js')) {
    this.workers = Array.from({ length: threads }, () => new Worker(entry));
    // An idle thread keeps no process alive.
    for (const worker of this.workers) worker.unref();
  }

  /** One join at a time: the next waits. Rejects with the signal's reason once that is aborted. */
  run(series: ArrayLike<number>, m: number, options: RunOptions = {}): Promise<SelfJoin> {
    const next = this.previous.then(() => this.join(series, m, options));
    this.previous = next.catch(() => undefined);
    return next;
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private async join(series: ArrayLike<number>, m: number, options: RunOptions): Promise<SelfJoin> {
    const { signal, onProgress } = options;
    signal?.throwIfAborted();
    const windows = windowsOf(series, m);
    const plan = selfJoinPlan(windows, options);
    const ranges = cutDiagonals(plan.zone + 1, windows.count, RANGES);
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const task = { series: Float64Array.from(series), m, k: plan.k, comparison: plan.comparison, ranges, shared };
    const cancel = (): void => void Atomics.store(shared, CANCELLED, 1);
    signal?.addEventListener('abort', cancel);
    let done = 0;
    try {
      const found = await Promise.all(
        this.workers.map((worker) => sweepIn(worker, task, () => onProgress?.(++done / ranges.length))),
      );
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
}

/** One thread's part of a task. Rejects where the thread cannot do it or ends. */
function sweepIn(worker: Worker, task: SweepTask, onRange: () => void): Promise<SweepFound> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
      settle();
    };
    const onMessage = (message: SweepMessage): void => {
      if (message.type === 'range-done') onRange();
      else if (message.type === 'found') finish(() => resolve(message.found));
      else finish(() => reject(new Error(message.message)));
    };
    const onError = (error: Error): void => finish(() => reject(error));
    const onExit = (): void => finish(() => reject(new Error('a thread of the matrix profile ended')));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.ref();
    worker.postMessage(task);
  });
}
