import { parentPort, workerData } from 'node:worker_threads';
import { analyse, type AnalysisMessage, type AnalysisTask } from './analysis.js';

/** Nobody sees more of it, and each telling costs a message. */
const TELL_MS = 250;

/** The thread of one analysis. */
const tell = (message: AnalysisMessage): void => parentPort?.postMessage(message);

let toldAt = performance.now();
const answer = analyse(workerData as AnalysisTask, (part) => {
  const now = performance.now();
  if (now - toldAt < TELL_MS) return;
  toldAt = now;
  tell({ part });
});
tell({ answer });
