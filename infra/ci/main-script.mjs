import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Runs `main` when the module was called as a script; what it throws becomes one line and exit code 1. */
export async function whenCalled(moduleUrl, main) {
  const called = process.argv[1];
  if (!called || !existsSync(called) || realpathSync(called) !== realpathSync(fileURLToPath(moduleUrl))) return;
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
