/** Runs every migration on DATABASE_URL, in a process of its own so that nothing it loads stays with Jest. */
require('./postgres-typescript.cjs');
require('reflect-metadata');
const { migrate } = require('../../src/database/migrate.ts');

async function main() {
  const applied = await migrate({ DATABASE_URL: process.env.DATABASE_URL, PROCESS_ROLE: 'api' });
  process.stdout.write(`${applied.length} migrations applied\n`);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
