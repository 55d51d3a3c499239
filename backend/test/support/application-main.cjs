/** The application as `main.ts` starts it, from its sources, in a process of its own that a test may kill. */
require('./postgres-typescript.cjs');
require('../../src/main.ts');
