import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { analyse, type AnalysisTask } from './analysis.js';

/** A thread for one analysis. What people wait for comes first: on Linux a priority is that of the calling thread alone. */
try {
  setPriority(constants.priority.PRIORITY_LOW);
} catch {
  // Not allowed here: it runs like any other.
}
parentPort?.postMessage(analyse(workerData as AnalysisTask));
