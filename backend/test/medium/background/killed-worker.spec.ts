import { randomUUID } from 'node:crypto';
import { newPatientUser } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type ApplicationProcess, eventually, startApplication } from '../../support/application-process.js';
import { clarityExport } from '../imports/setup.js';

jest.setTimeout(240_000);

const ROWS = 40_000;
const QUEUE_SCHEMA = `queue_${randomUUID().slice(0, 8)}`;
let test: TestApp;
const workers: ApplicationProcess[] = [];
const startWorker = () => {
  const worker = startApplication({ PROCESS_ROLE: 'worker', QUEUE_SCHEMA });
  workers.push(worker);
  return worker;
};

beforeAll(async () => {
  test = await createTestApp({ QUEUE_SCHEMA });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  await test.close();
});

it('a job whose worker is killed with SIGKILL runs again on another worker and counts once', async () => {
  const { bearer, patientId } = await newPatientUser(test.dataSource);
  const first = startWorker();
  const { body } = await test.http
    .post('/api/v1/patients/me/imports')
    .set('authorization', bearer)
    .attach('file', Buffer.from(clarityExport(ROWS)), 'export.csv')
    .expect(202);
  const stateOf = async () => {
    const [row] = await test.dataSource.query<{ status: string; added: number }[]>(
      'SELECT status, new_count AS added FROM imports WHERE id = $1',
      [body.id],
    );
    return row;
  };
  await eventually(async () => ((await stateOf())?.added ?? 0) > 0);
  await first.kill('SIGKILL');
  expect(await stateOf()).toMatchObject({ status: 'running' });

  const second = startWorker();
  await eventually(async () => (await stateOf())?.status !== 'running', 120);
  expect(await stateOf()).toEqual({ status: 'done', added: ROWS });
  const [stored] = await test.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM glucose_readings WHERE patient_id = $1',
    [patientId],
  );
  expect(stored?.count).toBe(ROWS);
  const finished = () => second.logged('job completed').filter(({ job }) => job === 'imports.run').length;
  await eventually(() => finished() > 0);
  expect(finished()).toBe(1);
});
