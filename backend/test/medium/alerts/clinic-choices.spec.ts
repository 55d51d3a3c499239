import { EvaluationService } from '../../../src/modules/alerts/evaluation.service.js';
import { ReadingsService } from '../../../src/modules/readings/readings.service.js';
import { newPatient } from '../../factories/patients.js';
import { newMember } from '../../factories/people.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/application-process.js';
import { withOwnDatabase } from '../../support/own-database.js';

/** An API without a worker: alerts are looked at when a test asks for it. */
let test: TestApp;
const own = withOwnDatabase(() => undefined);
beforeAll(async () => {
  test = await createTestApp({ DATABASE_URL: await own.open(), PROCESS_ROLE: 'api' });
});
afterAll(async () => {
  await test.close();
  await own.close();
});

const PATIENTS = 60;

async function newLargeClinic() {
  const clinician = await newMember(test.dataSource, 'clinician');
  const { organisationId } = clinician;
  const patients: string[] = [];
  for (let i = 0; i < PATIENTS; i++) {
    const { id } = await newPatient(test.dataSource, { organisationId });
    await add(id, 76);
    patients.push(id);
  }
  patients.sort();
  await evaluations().evaluateAll(patients);
  return { clinician, organisationId, patients };
}

const evaluations = () => test.app.get(EvaluationService, { strict: false });

function add(patientId: string, mgdl: number) {
  const reading = {
    at: test.clock.now().getTime(),
    tenths: mgdl * 10,
    unit: 'mg/dL',
    kind: 'cgm',
    censored: null,
  } as const;
  return test.app.get(ReadingsService, { strict: false }).ingest(patientId, 'sensor', [reading]);
}

const lowsOf = (patients: readonly string[]) =>
  test.dataSource.query<object[]>(
    `SELECT FROM alert_episodes WHERE patient_id = ANY ($1::uuid[]) AND rule = 'low' AND voided_at IS NULL`,
    [patients],
  );

const underWay = () =>
  test.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int FROM organisation_alert_settings WHERE reached_at IS NULL',
  );

it('reaches the patients of a clinic some at a time, and holds up nobody for one whose readings are being written', async () => {
  const { clinician, organisationId, patients } = await newLargeClinic();
  const writer = test.dataSource.createQueryRunner();
  await writer.startTransaction();
  await writer.query('SELECT 1 FROM patient_ingest WHERE patient_id = $1 FOR UPDATE', [patients.at(-1)]);

  const answer = test.http
    .put(`/api/v1/organisations/${organisationId}/alert-settings`)
    .set('authorization', clinician.bearer)
    .send({ override: { low: { threshold: { value: 80, unit: 'mg/dL' } } } })
    .then(({ status }) => status);
  await eventually(async () => {
    const [waiting] = await test.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting?.count === 1;
  });
  test.clock.advance(5 * 60_000);
  expect(await add(patients[0]!, 77)).toMatchObject({ accepted: 1 });
  expect(await underWay()).toEqual([{ count: 1 }]);

  await writer.rollbackTransaction();
  await writer.release();
  expect(await answer).toBe(200);
  expect(await underWay()).toEqual([{ count: 0 }]);
  for (let i = 0; i < 3; i++, test.clock.advance(5 * 60_000)) for (const id of patients) await add(id, 76);
  await evaluations().evaluateAll(patients);
  expect(await lowsOf(patients)).toHaveLength(PATIENTS);
});

it('reaches by the next sweep whom a process that died did not', async () => {
  const { clinician, organisationId, patients } = await newLargeClinic();
  await test.dataSource.query(
    `INSERT INTO organisation_alert_settings (organisation_id, effective_from, override, schedules, changed_by)
     VALUES ($1, $2, '{"low":{"thresholdTenths":800,"unit":"mg/dL"}}', '[]', $3)`,
    [organisationId, test.clock.now(), clinician.id],
  );
  const due = () =>
    test.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int FROM alert_state WHERE patient_id = ANY ($1::uuid[]) AND evaluated_at >= $2',
      [patients, test.clock.now()],
    );
  test.clock.advance(1_000);
  expect(await due()).toEqual([{ count: 0 }]);
  await evaluations().sweep();
  expect(await due()).toEqual([{ count: PATIENTS }]);
  expect(await underWay()).toEqual([{ count: 0 }]);
});
