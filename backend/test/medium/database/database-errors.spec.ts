import type { DataSource, QueryRunner } from 'typeorm';
import { toProblem } from '../../../src/common/problem.filter.js';
import { openDataSource } from '../../../src/database/data-source.js';
import { testEnvironment } from '../../support/app.js';

let dataSource: DataSource;
let one: QueryRunner;
let other: QueryRunner;

beforeAll(async () => {
  dataSource = await openDataSource(testEnvironment());
});
afterAll(() => dataSource.destroy());

beforeEach(async () => {
  [one, other] = [dataSource.createQueryRunner(), dataSource.createQueryRunner()];
  for (const runner of [one, other]) {
    await runner.connect();
    await runner.query('BEGIN');
  }
});
afterEach(async () => {
  for (const runner of [one, other]) {
    await runner.query('ROLLBACK').catch(() => undefined);
    await runner.release();
  }
});

/** What the caller of a route is told when a statement fails like this. */
const problemOf = async (failing: Promise<unknown>) =>
  failing.then(
    () => 'it succeeded',
    (error: unknown) => toProblem(error).code,
  );

const lock = (key: number) => `SELECT pg_advisory_xact_lock(4712026, ${key})`;

describe('a statement that may succeed later is answered 503', () => {
  it('where a lock is not given in time', async () => {
    await one.query(lock(1));
    await other.query(`SET LOCAL lock_timeout = '50ms'`);
    expect(await problemOf(other.query(lock(1)))).toBe('UNAVAILABLE');
  });

  it('where it takes too long', async () => {
    await one.query(`SET LOCAL statement_timeout = '50ms'`);
    expect(await problemOf(one.query('SELECT pg_sleep(10)'))).toBe('UNAVAILABLE');
  });

  it('where it is the victim of a deadlock', async () => {
    await one.query(lock(2));
    await other.query(lock(3));
    const both = await Promise.all([problemOf(one.query(lock(3))), problemOf(other.query(lock(2)))]);
    expect(both).toContain('UNAVAILABLE');
  });

  it('where its connection is ended by an administrator', async () => {
    const [row] = (await one.query('SELECT pg_backend_pid() AS pid')) as { pid: number }[];
    const sleeping = problemOf(one.query('SELECT pg_sleep(10)'));
    await other.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    expect(await sleeping).toBe('UNAVAILABLE');
  });
});

it.each(['SELECT 1 / 0', 'SELECT FROM no_such_table', `INSERT INTO patient_ingest (patient_id) VALUES (NULL)`])(
  'a mistake of ours stays one: %s',
  async (statement) => {
    expect(await problemOf(one.query(statement))).toBe('INTERNAL_ERROR');
  },
);
