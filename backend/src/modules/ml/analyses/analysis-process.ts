import { Inject, Injectable } from '@nestjs/common';
import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import type { Analysis, AnalysisMessage, AnalysisTask } from './analysis.js';

/** Starting a process costs half as much as the thread in it, and in a night one analysis follows on the other. */
const KEPT_MS = 30_000;

/** Analyses in processes of their own, so that neither requests, nor alerts, nor the lock of a job wait for them. */
@Injectable()
export class AnalysisProcess {
  /** What a process runs. A test whose modules are not Node's own says another. */
  entry = join(__dirname, `analysis.entry${extname(__filename)}`);
  private idle: ChildProcess | null = null;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'ANALYSIS_NICE'>) {}

  /** Once the signal is aborted the process is ended at once, and the promise rejects with the signal's reason. */
  async analyse(task: AnalysisTask, signal: AbortSignal, onProgress?: (part: number) => void): Promise<Analysis> {
    signal.throwIfAborted();
    const child = this.idle?.connected ? this.idle : this.start();
    this.idle = null;
    try {
      const answer = await answerOf(child, task, signal, onProgress);
      this.keep(child);
      return answer;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  private start(): ChildProcess {
    const child = fork(this.entry, [String(this.environment.ANALYSIS_NICE)], {
      // A session of its own.
      detached: true,
      windowsHide: true,
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // Whoever waits for its answer is told of it.
    child.on('error', () => undefined);
    // A process that leaves does not wait for it, and it leaves too: the job is handed back.
    child.unref();
    child.channel?.unref();
    return child;
  }

  private keep(child: ChildProcess): void {
    if (this.idle) return child.disconnect();
    this.idle = child;
    setTimeout(() => {
      if (this.idle !== child) return;
      this.idle = null;
      if (child.connected) child.disconnect();
    }, KEPT_MS).unref();
  }
}

async function answerOf(
  child: ChildProcess,
  task: AnalysisTask,
  signal: AbortSignal,
  onProgress?: (part: number) => void,
): Promise<Analysis> {
  const listening = new AbortController();
  try {
    return await new Promise<Analysis>((resolve, reject) => {
      const hear = (message: AnalysisMessage): void => {
        if ('part' in message) onProgress?.(message.part);
        else if ('answer' in message) resolve(message.answer);
        else reject(Object.assign(new Error(message.failed.message), message.failed));
      };
      const end = (code: number | null, ended: NodeJS.Signals | null): void =>
        reject(new Error(`an analysis ended with ${ended ?? `code ${code}`} and without an answer`));
      child.on('message', hear).on('error', reject).on('exit', end);
      listening.signal.addEventListener('abort', () =>
        child.off('message', hear).off('error', reject).off('exit', end),
      );
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: listening.signal });
      child.send(task);
    });
  } finally {
    listening.abort();
  }
}
