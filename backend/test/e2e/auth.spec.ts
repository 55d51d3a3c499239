import { createTestApp, type TestApp } from '../support/app.js';
import { newClinic } from '../factories/patients.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

it('answers 404 for a route that does not exist', async () => {
  const { clinician } = await newClinic(api.dataSource);
  const answer = await api.http.get('/api/v1/nothing').set('authorization', clinician.bearer);
  expect(answer.status).toBe(404);
});
