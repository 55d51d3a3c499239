/** Runs one import in a process of its own, which a test may kill. */
require('../../support/postgres-typescript.cjs');
require('reflect-metadata');
const { openImports } = require('./setup.ts');

openImports()
  .then((on) => on.runner.run(process.argv[2]))
  .then(
    () => process.exit(0),
    () => process.exit(1),
  );
