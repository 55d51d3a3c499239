import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AnalysisMessage } from './analysis.js';

/** A year of readings of a minute each takes a tenth of this. */
const MOST_MEGABYTES = 1_024;

const tell = (message: AnalysisMessage): void => void process.send?.(message);

const fail = ({ name, message, stack, code }: NodeJS.ErrnoException): void =>
  tell({ failed: { name, message, stack, code } });

/**
 * The process of analyses: has each computed in a thread, so that it can leave at once when nobody wants it any more.
 * @param entry what a thread runs
 */
export function host(entry: string, nice: number): void {
  giveWay(nice);
  process.once('disconnect', () => process.exit());
  process.on('message', (task) => {
    const thread = new Worker(entry, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    });
    let answered = false;
    thread
      .on('message', (message: AnalysisMessage) => {
        answered ||= 'answer' in message;
        tell(message);
      })
      .once('error', fail)
      .once('exit', (code) => answered || fail(new Error(`a thread ended with code ${code} and without an answer`)));
  });
}

/**
 * What people wait for comes first. Linux shares its time out between sessions before it looks at a process, so this one
 * has a session of its own, which gives way as well.
 */
function giveWay(nice: number): void {
  for (const lower of [() => setPriority(nice), () => writeFileSync('/proc/self/autogroup', String(nice))]) {
    try {
      lower();
    } catch {
      // Not allowed, or not known here: it runs like any other.
    }
  }
}
