import { Injectable } from '@nestjs/common';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Analysis, AnalysisMessage, AnalysisTask } from './analysis.js';

/** A year of readings of a minute each takes a tenth of this. */
const MOST_MEGABYTES = 1_024;

/** Analyses in threads of their own, so that neither requests nor the lock of a job wait for them. */
@Injectable()
export class AnalysisThread {
  /** What a thread runs. A test whose modules are not Node's own says another. */
  entry = join(__dirname, `analysis.worker${extname(__filename)}`);

  /** Once the signal is aborted the thread is ended at once, and the promise rejects with the signal's reason. */
  async analyse(task: AnalysisTask, signal: AbortSignal, onProgress?: (part: number) => void): Promise<Analysis> {
    signal.throwIfAborted();
    const worker = new Worker(this.entry, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    });
    // A process that leaves does not wait for it: the job is handed back.
    worker.unref();
    return await new Promise<Analysis>((resolve, reject) => {
      const abort = (): void => {
        reject(signal.reason as Error);
        void worker.terminate();
      };
      signal.addEventListener('abort', abort, { once: true });
      worker
        .on('message', (message: AnalysisMessage) => {
          if ('answer' in message) resolve(message.answer);
          else onProgress?.(message.part);
        })
        .once('error', reject)
        .once('exit', (code) => {
          signal.removeEventListener('abort', abort);
          reject(new Error(`an analysis ended with code ${code} and without an answer`));
        });
    });
  }
}
