/** Runs one benchmark and hands its rows to the parent. Its own process: what one warms up or leaves helps no other. */
require('../../backend/test/support/postgres-typescript.cjs');
require('reflect-metadata');
const { run } = require(process.argv[2]);

run().then(
  (rows) => process.send(rows, () => process.exit(0)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
