/** What `AnalysisProcess` runs, from its sources. */
require('./postgres-typescript.cjs');
require('../../src/modules/ml/analyses/analysis.entry.ts');
