import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { clarityExport, openImports } from './setup.js';

jest.setTimeout(180_000);

const ROWS = 40_000;
let on: Awaited<ReturnType<typeof openImports>>;
beforeAll(async () => {
  on = await openImports();
});
afterAll(() => on.close());

it('an import whose worker process is killed with SIGKILL is finished by the next: every reading once, and counted', async () => {
  const patient = await on.newPatient();
  const id = await on.store(patient, on.writeFile(clarityExport(ROWS)));
  const worker = spawn(process.execPath, [join(__dirname, 'worker-process.cjs'), id], {
    stdio: 'ignore',
    // Not Jest's own, which knows nothing of the database of this worker.
    env: { ...process.env },
  });
  const ended = once(worker, 'exit');
  for (;;) {
    const { counts, status } = await on.report(id);
    if (counts.new > 0 || status === 'done') break;
    if (worker.exitCode !== null) throw new Error('the worker ended before it stored anything');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  worker.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');

  const left = await on.report(id);
  expect(left.status).toBe('running');
  expect(left.counts.new).toBeLessThan(ROWS);
  await on.runner.run(id);
  expect(await on.report(id)).toMatchObject({ status: 'done', counts: { new: ROWS, known: 0, rejected: 0 } });
  expect(new Set(await on.stored(patient)).size).toBe(ROWS);
});
