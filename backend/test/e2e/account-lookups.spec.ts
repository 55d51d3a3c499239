import { newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

describe('asking whether an e-mail address has an account', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it('ends after sixty tries in an hour, for this caller alone', async () => {
    const [prober, other] = [await newPatientUser(test.dataSource), await newPatientUser(test.dataSource)];
    const probe = (bearer: string, n: number) =>
      test.http
        .post('/api/v1/patients/me/grants')
        .set('authorization', bearer)
        .send({ email: `nobody-${n}@example.org`, access: 'read' });
    for (let n = 0; n < 60; n++) expect((await probe(prober.bearer, n)).status).toBe(422);
    const refused = await probe(prober.bearer, 60);
    expect(refused.body).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_000);
    expect((await probe(other.bearer, 0)).status).toBe(422);
  });
});
