import { newClinic, newPatientUser } from '../factories/patients.js';
import type { NewUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const call = (user: NewUser, method: 'get' | 'put' | 'delete', owner: string, body?: object) => {
  const asked = api.http[method](`/api/v1/${owner}/escalation`).set('authorization', user.bearer);
  return body === undefined ? asked : asked.send(body);
};
const step = (afterMinutes: number, to: string, least = 'info') => ({ afterMinutes, to, least });

it('is the default until a clinic chooses, the clinic’s until the patient does, and goes back the same way', async () => {
  const { organisationId, clinician, patient } = await newClinic(api.dataSource);
  const [ofClinic, ofPatient] = [`organisations/${organisationId}`, `patients/${patient.id}`];
  const clinics = [step(0, 'on-call')];
  const own = [step(0, 'patient'), step(3, 'on-call', 'warning'), step(10, 'on-call', 'urgent')];

  const first = await call(clinician, 'get', ofPatient).expect(200);
  expect(first.body).toMatchObject({ source: 'default', changedAt: null, changedBy: null });
  expect(first.body.steps).toHaveLength(3);
  const chosen = await call(clinician, 'put', ofClinic, { steps: clinics }).expect(200);
  expect(chosen.body).toMatchObject({ source: 'own', steps: clinics, changedBy: { id: clinician.id } });
  const inherited = await call(clinician, 'get', ofPatient).expect(200);
  expect(inherited.body).toMatchObject({ source: 'clinic', steps: clinics });
  const changed = await call(clinician, 'put', ofPatient, { steps: own }).expect(200);
  expect(changed.body).toMatchObject({ source: 'own', steps: own, inherited: { source: 'clinic', steps: clinics } });

  expect((await call(clinician, 'delete', ofPatient).expect(200)).body).toMatchObject({ source: 'clinic' });
  expect((await call(clinician, 'delete', ofClinic).expect(200)).body).toMatchObject({ source: 'default' });
  expect((await call(clinician, 'get', ofPatient).expect(200)).body).toEqual(first.body);
});

it.each<[string, object[], string]>([
  ['without a step', [], 'steps'],
  ['that tells nobody at once', [step(5, 'patient')], 'steps.0.afterMinutes'],
  ['whose steps do not follow each other', [step(0, 'patient'), step(0, 'followers')], 'steps.1.afterMinutes'],
  ['that calls a clinic the patient has not', [step(0, 'patient'), step(5, 'on-call')], 'steps.1.to'],
  ['to nobody known', [step(0, 'neighbours')], 'steps.0.to'],
  ['that waits for a day', [step(0, 'patient'), step(1_440, 'followers')], 'steps.1.afterMinutes'],
  ['of eleven steps', Array.from({ length: 11 }, (_, n) => step(n, 'patient')), 'steps'],
])('refuses a chain %s, and names the field', async (_, steps, path) => {
  const person = await newPatientUser(api.dataSource);
  const { body } = await call(person, 'put', 'patients/me', { steps }).expect(422);
  expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
});
