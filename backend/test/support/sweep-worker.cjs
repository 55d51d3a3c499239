/** A thread of `SelfJoinThreads`, from its sources. */
require('./postgres-typescript.cjs');
require('../../src/modules/ml/matrix-profile/sweep.worker.ts');
