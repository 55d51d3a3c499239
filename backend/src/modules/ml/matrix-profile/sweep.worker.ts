import { parentPort } from 'node:worker_threads';
import { openSweep } from '../../../domain/patterns/matrix-profile/run-sweep.js';
import { windowsOf } from '../../../domain/patterns/matrix-profile/windows.js';
import { CANCELLED, NEXT_RANGE, type SweepFound, type SweepMessage, type SweepTask } from './sweep-task.js';

/** A thread of `SelfJoinThreads`: sweeps the ranges it gets hold of and hands over what it found. */
const port = parentPort;
if (!port) throw new Error('sweep.worker runs as a worker thread');
const tell = (message: SweepMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

port.on('message', (task: SweepTask) => {
  try {
    const found = sweep(task);
    const arrays = [found.rows.scores, found.rows.indices, found.columns.scores, found.columns.indices];
    tell(
      { type: 'found', found },
      arrays.map(({ buffer }) => buffer as ArrayBuffer),
    );
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? error.message : 'unknown error' });
  }
});

function sweep({ series, m, k, comparison, ranges, shared }: SweepTask): SweepFound {
  const windows = windowsOf(series, m);
  const run = openSweep(windows, windows, k, comparison);
  while (Atomics.load(shared, CANCELLED) === 0) {
    const range = ranges[Atomics.add(shared, NEXT_RANGE, 1)];
    if (!range) break;
    run.run(...range);
    tell({ type: 'range-done' });
  }
  const { rows, columns } = run.found();
  return {
    rows: { scores: rows.scores, indices: rows.indices },
    columns: { scores: columns.scores, indices: columns.indices },
  };
}
