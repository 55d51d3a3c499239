import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type FailedAttempt, waitForDatabase, waitUntilReachable } from '../../../src/database/wait-for-database.js';
import { testEnvironment } from '../../support/app.js';
import { eventually, startApplication } from '../../support/application-process.js';

const refused = () =>
  Promise.reject(Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' }));

/** Plays a start on which so many attempts fail, without waiting. */
async function start(failures: number, failure = refused) {
  const pauses: number[] = [];
  const told: FailedAttempt[] = [];
  let attempts = 0;
  const ended = await waitUntilReachable({
    attempt: () => (attempts++ < failures ? failure() : Promise.resolve()),
    pause: async (seconds) => void pauses.push(seconds),
    tell: (attempt) => told.push(attempt),
  }).then(
    () => 'reached',
    (error: Error) => error.message,
  );
  return { ended, pauses, told };
}

it('asks at once, and again after 2, 4, 8 and 16 seconds', async () => {
  expect(await start(4)).toMatchObject({ ended: 'reached', pauses: [2, 4, 8, 16] });
});

it('gives up after the fifth attempt', async () => {
  expect(await start(5)).toMatchObject({ ended: expect.stringContaining('ECONNREFUSED'), pauses: [2, 4, 8, 16] });
});

it('says why it waits and never where the database is', async () => {
  const { told } = await start(1);
  expect(told).toEqual([{ attempt: 1, code: 'ECONNREFUSED', nextInSeconds: 2 }]);
});

it('a database that answers is waited for no longer', async () => {
  await expect(waitForDatabase(testEnvironment())).resolves.toBeUndefined();
});

it.each([
  ['a database that does not exist', (url: URL) => (url.pathname = '/no_such_database'), '3D000'],
  ['a wrong password', (url: URL) => (url.password = 'wrong'), '28P01'],
])('%s is told at once', async (_, change, code) => {
  const url = new URL(testEnvironment().DATABASE_URL);
  change(url);
  await expect(waitForDatabase({ ...testEnvironment(), DATABASE_URL: url.href })).rejects.toMatchObject({ code });
});

it('a process that is refused ends with code 1, having warned in JSON and named no place', async () => {
  const url = new URL(testEnvironment().DATABASE_URL);
  url.pathname = '/no_such_database';
  url.searchParams.set('application_name', 'canary');
  const refused = startApplication({ DATABASE_URL: url.href });
  expect(await refused.ended).toBe(1);
  expect(refused.output()).toContain('The database named in DATABASE_URL does not exist');
  for (const secret of ['no_such_database', url.host, 'canary']) expect(refused.output()).not.toContain(secret);
});

it('a server that takes connections and never answers is given up after some seconds and asked again', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const waiting = startApplication({ DATABASE_URL: `postgresql://nobody:canary@127.0.0.1:${port}/nothing` });
  try {
    const warnings = () => waiting.logged('the database does not answer yet');
    await eventually(() => warnings().length > 0);
    expect(warnings()[0]).toMatchObject({ level: 40, attempt: 1, code: 'NO_ANSWER', nextInSeconds: 2 });
    for (const secret of ['canary', String(port)]) expect(waiting.output()).not.toContain(secret);
  } finally {
    await waiting.kill('SIGKILL');
    silent.close();
  }
});
