import { Client } from 'pg';
import { eventually } from '../../support/application-process.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { openOwnPostgres, type OwnPostgres } from '../../support/own-postgres.js';

jest.setTimeout(120_000);

let server: OwnPostgres;
let test: TestApp;

async function ask<Row extends object>(text: string): Promise<Row[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  server = await openOwnPostgres();
  await ask(`ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'`);
  await server.kill();
  await server.start();
  await ask('CREATE EXTENSION pg_stat_statements');
  // The queue of this test is Redis where there is one, and then outlives the database.
  test = await createTestApp({ DATABASE_URL: server.url, REVISION: 'abc1234' });
});
afterAll(async () => {
  await test.close();
  await server.close();
});

const get = (path: string) => test.http.get(path);

it('tells the original body, key for key', async () => {
  const { text, headers } = await get('/health').expect(200);
  expect(text).toMatch(
    /^\{"service":"glucolens-backend","version":"[^"]+","features":\["authentication","advanced-ml","real-time-alerts"\],"database":"connected","status":"healthy"\}$/,
  );
  expect(headers['x-revision']).toBe('abc1234');
});

it('costs the database at most one query a second for each check, however many ask', async () => {
  await ask('SELECT pg_stat_statements_reset()');
  const start = performance.now();
  let probes = 0;
  // Longer where the machine is slow: what counts is that there were many, and for how long.
  while (performance.now() - start < 3_000 || probes <= 200) {
    const paths = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? '/health/ready' : '/health'));
    const answers = await Promise.all(paths.map((path) => get(path)));
    probes += answers.filter(({ status }) => status === 200).length;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  const seconds = (performance.now() - start) / 1_000;
  const rows = await ask<{ query: string; calls: string }>(
    `SELECT query, calls FROM pg_stat_statements WHERE query ~* '^SELECT \\$1$' OR query ILIKE '%migrations%'`,
  );
  expect(rows.length).toBeGreaterThan(0);
  const tooMany = rows.filter(({ calls }) => Number(calls) > seconds + 2);
  expect(tooMany).toEqual([]);
});

it('is not ready while a migration is pending', async () => {
  const [last] = await ask<{ name: string; timestamp: string }>(
    'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING name, timestamp',
  );
  await eventually(async () => (await get('/health/ready')).status === 503, 20);
  expect((await get('/health/ready')).body).toMatchObject({ checks: { database: 'up', migrations: 'pending' } });
  await get('/health/live').expect(200);
  await ask(`INSERT INTO migrations (timestamp, name) VALUES (${last?.timestamp}, '${last?.name}')`);
  await eventually(async () => (await get('/health/ready')).status === 200, 20);
});

it('lives on without its database, says so without a host name, and recovers by itself', async () => {
  await server.kill();
  await eventually(async () => (await get('/health/ready')).status === 503, 20);
  await get('/health/live').expect(200);
  const down = await get('/health').expect(503);
  expect(Object.keys(down.body)).toEqual(['service', 'version', 'features', 'database', 'status', 'error']);
  expect(down.body).toMatchObject({ database: 'disconnected', status: 'unhealthy' });
  expect(down.body.error).toMatch(/^[A-Za-z]+$/);
  expect(down.text).not.toMatch(/127\.0\.0\.1|localhost|\d{4,5}/);
  await server.start();
  await eventually(async () => (await get('/health/ready')).status === 200, 20);
  await get('/health').expect(200);
});
