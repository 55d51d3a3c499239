import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { dataSourceOptions, openDataSource } from '../../../src/database/data-source.js';
import { migrate } from '../../../src/database/migrate.js';
import { MIGRATIONS } from '../../../src/database/migrations/index.js';
import { hasPendingMigrations } from '../../../src/database/pending-migrations.js';
import { DemoSeedService } from '../../../src/modules/demo/demo-seed.service.js';
import { createTestApp, testEnvironment } from '../../support/app.js';
import { schemaLines } from '../../support/schema-lines.js';

const NAMES = MIGRATIONS.map(({ name }) => name);
const MIGRATE = join(__dirname, '../../support/postgres-migrate.cjs');

let admin: DataSource;
let name: string;
let url: string;
let database: DataSource;

beforeAll(async () => {
  admin = await openDataSource(testEnvironment());
});
afterAll(() => admin.destroy());

beforeEach(async () => {
  name = `own_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const address = new URL(testEnvironment().DATABASE_URL);
  address.pathname = `/${name}`;
  url = address.href;
  database = await openDataSource(testEnvironment({ DATABASE_URL: url }));
});
afterEach(async () => {
  await database.destroy();
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
});

/** What the schema was before each migration, on a second database that takes them one by one. */
async function schemasGoingUp(): Promise<Map<string, string[]>> {
  const second = `${name}_up`;
  await admin.query(`CREATE DATABASE ${second}`);
  const address = new URL(url);
  address.pathname = `/${second}`;
  const options = dataSourceOptions(testEnvironment({ DATABASE_URL: address.href }));
  const before = new Map<string, string[]>();
  try {
    for (const [index, migration] of MIGRATIONS.entries()) {
      const upTo = await new DataSource({ ...options, migrations: MIGRATIONS.slice(0, index + 1) }).initialize();
      before.set(migration.name, await schemaLines(upTo));
      await upTo.runMigrations({ transaction: 'each' });
      await upTo.destroy();
    }
    return before;
  } finally {
    await admin.query(`DROP DATABASE ${second} WITH (FORCE)`);
  }
}

it('four processes that migrate at once do it once', async () => {
  const run = () => promisify(execFile)(process.execPath, [MIGRATE], { env: { ...process.env, DATABASE_URL: url } });
  const outputs = await Promise.all(Array.from({ length: 4 }, run));
  const applied = outputs.map(({ stdout }) => stdout.trim()).sort();
  const none = '0 migrations applied';
  expect(applied).toEqual([none, none, none, `${NAMES.length} migrations applied`]);
  const rows = await database.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY timestamp');
  expect(rows.map((row) => row.name)).toEqual(NAMES);
});

it('tells whether something is pending', async () => {
  await migrate(testEnvironment({ DATABASE_URL: url }));
  expect(await hasPendingMigrations(database)).toBe(false);
  await database.undoLastMigration();
  expect(await hasPendingMigrations(database)).toBe(true);
});

it('every migration reverts and comes back to the same schema, with data in its tables', async () => {
  await migrate(testEnvironment({ DATABASE_URL: url }));
  const test = await createTestApp({ DATABASE_URL: url });
  test.clock.stopAt('2026-03-01T12:00:00Z');
  await test.app.get(DemoSeedService).seed({ patients: 1 });
  await test.close();
  const whole = await schemaLines(database);
  const [filled] = await database.query<{ readings: string }[]>('SELECT count(*) AS readings FROM glucose_readings');
  expect(Number(filled?.readings)).toBeGreaterThan(1_000);

  // The schema before each migration, as going up made it: going down must leave the same.
  const before = await schemasGoingUp();
  for (const name of NAMES.toReversed()) {
    await database.undoLastMigration({ transaction: 'each' });
    expect({ name, schema: await schemaLines(database) }).toEqual({ name, schema: before.get(name) });
  }
  await migrate(testEnvironment({ DATABASE_URL: url }));
  expect(await schemaLines(database)).toEqual(whole);
});

/** Entities leave references and checks to the migrations, which write them as the rule reads. */
const LEFT_TO_MIGRATIONS = /^ALTER TABLE "\w+" DROP CONSTRAINT "\w+_(fkey|check)"$/;

it('entities and migrations describe the same columns', async () => {
  const test = await createTestApp();
  try {
    expect(test.dataSource.entityMetadatas.length).toBeGreaterThan(0);
    const { upQueries } = await test.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query).filter((query) => !LEFT_TO_MIGRATIONS.test(query))).toEqual([]);
  } finally {
    await test.close();
  }
});
