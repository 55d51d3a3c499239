/** A thread of `AnalysisThread`, from its sources. */
require('./postgres-typescript.cjs');
require('../../src/modules/ml/analyses/analysis.worker.ts');
