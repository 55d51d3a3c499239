import { createServer } from 'node:net';
import { waitForDatabase, waitUntilReachable } from '../../../src/database/wait-for-database.js';
import { testEnvironment } from '../../support/app.js';

const refused = () =>
  Promise.reject(Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' }));

/** Plays a start on which so many attempts fail, without waiting. */
async function start(failures: number, failure = refused) {
  const pauses: number[] = [];
  const told: string[] = [];
  let attempts = 0;
  const ended = await waitUntilReachable({
    attempt: () => (attempts++ < failures ? failure() : Promise.resolve()),
    pause: async (seconds) => void pauses.push(seconds),
    tell: (text) => told.push(text),
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
  expect(told).toEqual(['The database does not answer (ECONNREFUSED). Asking again in 2 s.']);
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
  await expect(waitForDatabase({ DATABASE_URL: url.href })).rejects.toMatchObject({ code });
});

it('a server that takes connections and never answers is given up after some seconds and asked again', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const told = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { port } = silent.address() as { port: number };
  const waiting = waitForDatabase({ DATABASE_URL: `postgresql://nobody@127.0.0.1:${port}/nothing` });
  waiting.catch(() => undefined);
  while (told.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told.mock.calls[0]?.[0]).toBe('The database does not answer (no answer in time). Asking again in 2 s.\n');
  told.mockRestore();
  silent.close();
});
