import { Worker } from 'node:worker_threads';
import type { SweepFound, SweepMessage, SweepTask } from './sweep-task.js';

interface Waiting {
  readonly onRange: () => void;
  readonly resolve: (found: SweepFound) => void;
  readonly reject: (error: Error) => void;
}

/** One thread of `SelfJoinThreads`, which may end at any time. One task at a time. */
export class SweepThread {
  private readonly worker: Worker;
  private waiting: Waiting | null = null;
  private over = false;

  constructor(entry: string) {
    this.worker = new Worker(entry);
    // Listened to for as long as it lives: an error that nobody listens to would end the process.
    this.worker
      .on('message', (message: SweepMessage) => this.take(message))
      .on('error', (error: Error) => this.end(error))
      .on('exit', () => this.end(new Error('a thread of the matrix profile ended')));
    // An idle thread keeps no process alive.
    this.worker.unref();
  }

  /** Whether it will never answer again. */
  get hasEnded(): boolean {
    return this.over;
  }

  /** Its part of a task. Rejects where the thread cannot do it or ends. */
  sweep(task: SweepTask, onRange: () => void): Promise<SweepFound> {
    return new Promise((resolve, reject) => {
      if (this.over) return reject(new Error('a thread of the matrix profile ended'));
      this.waiting = { onRange, resolve, reject };
      this.worker.ref();
      this.worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private take(message: SweepMessage): void {
    if (message.type === 'range-done') this.waiting?.onRange();
    else if (message.type === 'found') this.atRest()?.resolve(message.found);
    else this.atRest()?.reject(new Error(message.message));
  }

  private end(reason: Error): void {
    this.over = true;
    this.atRest()?.reject(reason);
  }

  private atRest(): Waiting | null {
    const { waiting } = this;
    this.waiting = null;
    this.worker.unref();
    return waiting;
  }
}
