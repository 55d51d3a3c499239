import { randomUUID } from 'node:crypto';
import { newMember, newUser } from '../factories/people.js';
import { newClinic, newGrant, newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterEach(() => api.clock.run());
afterAll(() => api.close());

type Method = 'get' | 'post' | 'patch' | 'delete';
const as = (caller: { bearer: string }, method: Method, path: string) =>
  api.http[method](`/api/v1/${path}`).set('authorization', caller.bearer);

const DAY_MS = 86_400_000;

describe('a grant', () => {
  it('is given by the patient to an account, for a year unless told otherwise', async () => {
    const person = await newPatientUser(api.dataSource);
    const parent = await newUser(api.dataSource, { displayName: 'A parent' });
    const { body } = await as(person, 'post', 'patients/me/grants').send({ email: parent.email }).expect(201);
    expect(body).toMatchObject({
      grantee: { id: parent.id, displayName: 'A parent' },
      scope: 'read',
      state: 'live',
      revokedAt: null,
    });
    expect(Date.parse(body.validUntil) - Date.parse(body.validFrom)).toBe(365 * DAY_MS);
    const seen = await as(parent, 'get', `patients/${person.patientId}`);
    expect(seen.status).toBe(200);
  });

  it('begins and ends on its dates', async () => {
    const person = await newPatientUser(api.dataSource);
    const parent = await newUser(api.dataSource);
    const start = Date.parse('2030-01-01T00:00:00Z');
    api.clock.stopAt(new Date(start - 1));
    const grant = await as(person, 'post', 'patients/me/grants')
      .send({ email: parent.email, validFrom: '2030-01-01T01:00:00+01:00', validUntil: '2030-01-02T00:00:00Z' })
      .expect(201);
    expect(grant.body).toMatchObject({ state: 'pending', validFrom: '2030-01-01T00:00:00.000Z' });

    const statuses = [];
    for (const instant of [start - 1, start, start + DAY_MS - 1, start + DAY_MS]) {
      api.clock.stopAt(new Date(instant));
      statuses.push((await as(parent, 'get', `patients/${person.patientId}`)).status);
    }
    expect(statuses).toEqual([404, 200, 200, 404]);
    const { body } = await as(person, 'get', 'patients/me/grants').expect(200);
    expect(body.items[0].state).toBe('expired');
  });

  it('is changed and revoked at once, and listed for ever', async () => {
    const person = await newPatientUser(api.dataSource);
    const parent = await newUser(api.dataSource);
    const { body: grant } = await as(person, 'post', 'patients/me/grants').send({ email: parent.email }).expect(201);
    const path = `patients/me/grants/${grant.id}`;
    const changed = await as(person, 'patch', path).send({ scope: 'write' }).expect(200);
    expect(changed.body).toMatchObject({ id: grant.id, scope: 'write', validUntil: grant.validUntil });
    await as(person, 'delete', path).expect(204);
    await as(person, 'delete', path).expect(204);
    await as(parent, 'get', `patients/${person.patientId}`).expect(404);
    await as(person, 'patch', path).send({ scope: 'read' }).expect(409);
    const { body } = await as(person, 'get', 'patients/me/grants').expect(200);
    expect(body).toMatchObject({ items: [{ id: grant.id, state: 'revoked' }], nextCursor: null });
  });

  it('is handled by the administrator of the clinic, not by its clinicians, nor by whom it names', async () => {
    const { clinician, patient, organisationId } = await newClinic(api.dataSource);
    const admin = await newMember(api.dataSource, 'admin', organisationId);
    const guest = await newUser(api.dataSource);
    const path = `patients/${patient.id}/grants`;
    await as(clinician, 'post', path).send({ email: guest.email }).expect(403);
    await as(admin, 'post', path).send({ email: guest.email, scope: 'write' }).expect(201);
    await as(guest, 'post', path).send({ email: guest.email, scope: 'write' }).expect(403);
    const { body } = await as(guest, 'get', path).expect(403);
    expect(body.code).toBe('FORBIDDEN');
  });

  it('belongs to its patient: another one cannot reach it', async () => {
    const person = await newPatientUser(api.dataSource);
    const other = await newPatientUser(api.dataSource);
    const guest = await newUser(api.dataSource);
    const { id } = await newGrant(api.dataSource, other.patientId, guest.id);
    await as(person, 'delete', `patients/me/grants/${id}`).expect(404);
    await as(person, 'patch', `patients/me/grants/${id}`).send({ scope: 'write' }).expect(404);
    const { body } = await as(other, 'get', 'patients/me/grants').expect(200);
    expect(body.items[0]).toMatchObject({ scope: 'read', state: 'live' });
  });

  it('is refused for an unknown address, and where it ends before it begins', async () => {
    const person = await newPatientUser(api.dataSource);
    const guest = await newUser(api.dataSource);
    const create = (body: object) => as(person, 'post', 'patients/me/grants').send(body).expect(422);
    const unknown = await create({ email: `nobody-${randomUUID()}@example.org` });
    const backwards = await create({
      email: guest.email,
      validFrom: '2030-01-02T00:00:00Z',
      validUntil: '2030-01-01T00:00:00Z',
    });
    expect(unknown.body.errors[0].path).toBe('email');
    expect(backwards.body.errors[0].path).toBe('validUntil');
  });
});
