import request from 'supertest';
import { newPatientUser } from '../factories/patients.js';
import { PASSWORD } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

const NUL_NAME = 'a\0b';
const cursorOf = (key: readonly unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

describe('hostile input', () => {
  let test: TestApp;
  let person: Awaited<ReturnType<typeof newPatientUser>>;

  beforeAll(async () => {
    test = await createTestApp();
    person = await newPatientUser(test.dataSource);
  });
  afterAll(() => test.close());

  it.each([
    ['post', 'auth/register', { email: 'nul@example.org', password: PASSWORD, displayName: NUL_NAME }],
    ['post', 'auth/login', { email: NUL_NAME, password: PASSWORD }],
    ['put', 'auth/profile', { displayName: NUL_NAME }],
    ['patch', 'patients/me', { displayName: NUL_NAME }],
    ['post', 'patients/me/grants', { email: NUL_NAME }],
    ['post', 'patients/me/invitations', { email: NUL_NAME }],
    ['post', 'invitations/00000000-0000-4000-8000-000000000000/accept', { code: NUL_NAME }],
    ['post', 'patients/me/records/meals', { clientId: 'm', startsAt: '2020-01-01T00:00:00Z', photoUrl: 'http://x/\0' }],
    ['delete', 'patients/me/records/meals/%00', undefined],
  ] as const)('%s %s with a NUL is invalid input', async (method, path, body) => {
    const answer = await test.http[method](`/api/v1/${path}`).set('authorization', person.bearer).send(body);
    expect(answer.body).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
  });

  it.each([
    'metrics?to=0000-01-01T00:00:00Z',
    'overview?to=9999-12-31T23:59:59-23:59',
    'days?from=0000-01-01&to=0000-01-09',
    'audit?from=0000-01-01T00:00:00Z',
    `readings?cursor=${cursorOf([1e300, 0])}`,
    `readings?cursor=${cursorOf([0, 40_000])}`,
    `records/meals?cursor=${cursorOf(['2020-01-01T00:00:00Z', NUL_NAME])}`,
    `imports?cursor=${cursorOf(['0000-01-01T00:00:00Z'])}`,
  ])('%s lies outside every calendar or type and is invalid input', async (path) => {
    const answer = await test.http.get(`/api/v1/patients/me/${path}`).set('authorization', person.bearer);
    expect(answer.body).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
  });

  it('a date of birth in the year 0 is refused by name', async () => {
    const answer = await test.http
      .patch('/api/v1/patients/me')
      .set('authorization', person.bearer)
      .send({ dateOfBirth: '0000-01-01' });
    expect(answer.body).toMatchObject({ status: 422, errors: [{ path: 'dateOfBirth' }] });
  });

  it.each([
    ['/api/v1/patients/%ff', 400, 'MALFORMED_REQUEST'],
    [`/api/v1/patients/${'a'.repeat(5_000)}`, 404, 'NOT_FOUND'],
  ])('an address that cannot be read is a problem like any other, and is not repeated', async (path, status, code) => {
    const answer = await test.http.get(path);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.text).not.toContain('/api/v1');
  });
});

it('a number in TRUST_PROXY counts proxies: an address that the client makes up is not believed', async () => {
  const test = await createTestApp({ TRUST_PROXY: '1', RATE_LIMIT_LOGIN_PER_MINUTE: '1' });
  try {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt++) {
      const answer = await request(test.app.getHttpServer())
        .post('/api/v1/auth/login')
        .set('x-forwarded-for', `198.51.100.${attempt}, 203.0.113.9`)
        .send({ email: `nobody-${attempt}@example.org`, password: PASSWORD });
      statuses.push(answer.status);
    }
    expect(statuses.slice(-2)).toEqual([429, 429]);
  } finally {
    await test.close();
  }
});
