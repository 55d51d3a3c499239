import { EvaluationService } from '../../../src/modules/alerts/evaluation.service.js';
import { ReadingsService } from '../../../src/modules/readings/readings.service.js';
import { newPatient } from '../../factories/patients.js';
import { newMember } from '../../factories/people.js';
import { createTestApp, type TestApp } from '../../support/app.js';

/** Whoever holds something while looking at it needs no second connection: others may hold the rest, waiting for it. */
let on: TestApp;
beforeAll(async () => {
  on = await createTestApp({ DATABASE_POOL_SIZE: '1' });
});
afterAll(() => on.close());

it('looks at a patient with the only connection there is', async () => {
  const { id } = await newPatient(on.dataSource);
  const at = on.clock.now().getTime();
  const reading = { at, tenths: 500, unit: 'mg/dL', kind: 'cgm', censored: null } as const;
  await on.app.get(ReadingsService, { strict: false }).ingest(id, 'sensor', [reading]);
  await on.app.get(EvaluationService, { strict: false }).evaluateAll([id]);
  const alerts = await on.dataSource.query('SELECT rule FROM alert_episodes WHERE patient_id = $1', [id]);
  expect(alerts).toContainEqual({ rule: 'urgent-low' });
});

it('enters a shift with the only connection there is', async () => {
  const { id: userId, organisationId, bearer } = await newMember(on.dataSource, 'clinician');
  const endsAt = new Date(on.clock.now().getTime() + 3_600_000).toISOString();
  const shift = { userId, startsAt: on.clock.now().toISOString(), endsAt };
  const asked = on.http.post(`/api/v1/organisations/${organisationId}/on-call`).set('authorization', bearer);
  await asked.send(shift).expect(201);
});
