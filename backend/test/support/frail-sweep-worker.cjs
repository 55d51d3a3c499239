/** A thread of `SelfJoinThreads` that fails or ends as the length of the window says; `self-join-threads.spec.ts` tells how. */
const { parentPort } = require('node:worker_threads');
require('./postgres-typescript.cjs');

const [FAILS, ENDS] = [31, 32];
const [NEXT_RANGE, CANCELLED] = [0, 1];

parentPort.on('message', ({ m, k, series, shared }) => {
  if (m !== FAILS && m !== ENDS) return;
  if (Atomics.add(shared, NEXT_RANGE, 1) === 0) {
    if (m === ENDS) process.exit(0);
    parentPort.postMessage({ type: 'failed', message: 'out of luck' });
    return;
  }
  for (const until = Date.now() + 300; Date.now() < until && Atomics.load(shared, CANCELLED) === 0;);
  const count = (series.length - m + 1) * k;
  const nonsense = { scores: new Float64Array(count).fill(1), indices: new Int32Array(count) };
  parentPort.postMessage({ type: 'found', found: { rows: nonsense, columns: nonsense } });
});

const listenOtherwise = parentPort.on.bind(parentPort);
parentPort.on = (event, listener) =>
  listenOtherwise(event, (task) =>
    event === 'message' && (task.m === FAILS || task.m === ENDS) ? null : listener(task),
  );
require('../../src/modules/ml/matrix-profile/sweep.worker.ts');
