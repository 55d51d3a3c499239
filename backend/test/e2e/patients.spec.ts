import { newMember, newMembership, newUser } from '../factories/people.js';
import { newClinic, newGrant, newPatient, newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

type Method = 'get' | 'post' | 'patch' | 'delete';
const as = (caller: { bearer: string }, method: Method, path: string) =>
  api.http[method](`/api/v1/${path}`).set('authorization', caller.bearer);

describe('a patient record', () => {
  it('is created by a member of an organisation, with the days in the zone given', async () => {
    const clinician = await newMember(api.dataSource, 'clinician');
    const { body } = await as(clinician, 'post', 'patients')
      .send({ displayName: 'Alice', dateOfBirth: '1990-02-28', diabetesType: 'type1', timeZone: 'America/Lima' })
      .expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      organisationId: clinician.organisationId,
      claimed: false,
      displayName: 'Alice',
      dateOfBirth: '1990-02-28',
      diabetesType: 'type1',
      targetPreset: 'adult',
      unit: 'mg/dL',
      timeZone: 'America/Lima',
      synthetic: false,
      createdAt: expect.any(String),
      archivedAt: null,
    });
    const again = await as(clinician, 'get', `patients/${body.id}`).expect(200);
    expect(again.body).toEqual(body);
  });

  it('is not created by somebody without an organisation, nor in a foreign one', async () => {
    const person = await newPatientUser(api.dataSource);
    await as(person, 'post', 'patients').send({ displayName: 'Bob' }).expect(403);
    const clinician = await newMember(api.dataSource, 'clinician');
    const other = await newMember(api.dataSource, 'clinician');
    const { body } = await as(clinician, 'post', 'patients')
      .send({ displayName: 'Bob', organisationId: other.organisationId })
      .expect(404);
    expect(body.code).toBe('NOT_FOUND');
  });

  it('asks which organisation where there are several', async () => {
    const clinician = await newMember(api.dataSource, 'clinician');
    const other = await newMember(api.dataSource, 'admin');
    await newMembership(api.dataSource, other.organisationId, clinician.id, 'clinician');
    const { body } = await as(clinician, 'post', 'patients').send({ displayName: 'Bob' }).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'organisationId' })]);
  });

  it('is changed by its person and by the clinic, field by field, and keeps what no field is for', async () => {
    const { clinician, patient } = await newClinic(api.dataSource);
    const { body } = await as(clinician, 'patch', `patients/${patient.id}`)
      .send({
        targetPreset: 'pregnancy-t1',
        unit: 'mmol/L',
        synthetic: true,
        organisationId: null,
        userId: clinician.id,
      })
      .expect(200);
    expect(body).toMatchObject({
      targetPreset: 'pregnancy-t1',
      unit: 'mmol/L',
      displayName: 'Sam Example',
      synthetic: false,
      organisationId: patient.organisationId,
      claimed: false,
    });
    const person = await newPatientUser(api.dataSource);
    const own = await as(person, 'patch', 'patients/me').send({ diabetesType: 'type2' }).expect(200);
    expect(own.body).toMatchObject({ id: person.patientId, diabetesType: 'type2' });
  });

  it.each(['2026-02-30', '30.01.1990', 19_900_130])('refuses %p as a date of birth', async (dateOfBirth) => {
    const person = await newPatientUser(api.dataSource);
    const { body } = await as(person, 'patch', 'patients/me').send({ dateOfBirth }).expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'dateOfBirth' })]);
  });

  it('does not exist under `me` for somebody without one', async () => {
    const { body } = await as(await newUser(api.dataSource), 'get', 'patients/me').expect(404);
    expect(body.code).toBe('PATIENT_NOT_FOUND');
  });

  it.each(['nonsense', '00000000-0000-4000-8000-000000000000', "' OR 1=1 --"])('%p is no patient', async (id) => {
    const { clinician } = await newClinic(api.dataSource);
    const { body } = await as(clinician, 'get', `patients/${encodeURIComponent(id)}`).expect(404);
    expect(body.code).toBe('PATIENT_NOT_FOUND');
  });

  it('disappears for others when it is archived, and stays with its person', async () => {
    const person = await newUser(api.dataSource);
    const { clinician, patient, organisationId } = await newClinic(api.dataSource, { userId: person.id });
    const admin = await newMember(api.dataSource, 'admin', organisationId);
    await as(clinician, 'delete', `patients/${patient.id}`).expect(403);
    await as(person, 'delete', `patients/${patient.id}`).expect(403);
    await as(admin, 'delete', `patients/${patient.id}`).expect(204);
    await as(clinician, 'get', `patients/${patient.id}`).expect(404);
    const own = await as(person, 'get', 'patients/me').expect(200);
    expect(own.body.archivedAt).toEqual(expect.any(String));
  });
});

describe('the identities of an organisation', () => {
  it('are listed for its members without the archived, page by page', async () => {
    const admin = await newMember(api.dataSource, 'admin');
    const ids = [];
    for (const displayName of ['Ann', 'Ben', 'Cem']) {
      ids.push((await newPatient(api.dataSource, { organisationId: admin.organisationId, displayName })).id);
    }
    const gone = await newPatient(api.dataSource, { organisationId: admin.organisationId });
    await as(admin, 'delete', `patients/${gone.id}`).expect(204);
    const path = `organisations/${admin.organisationId}/patients`;
    const first = await as(admin, 'get', `${path}?limit=2`).expect(200);
    const second = await as(admin, 'get', `${path}?limit=2&cursor=${first.body.nextCursor}`).expect(200);
    const listed = [...first.body.items, ...second.body.items].map((one: { id: string }) => one.id);
    expect(new Set(listed)).toEqual(new Set(ids));
    expect(second.body.nextCursor).toBeNull();
    await as(await newMember(api.dataSource, 'admin'), 'get', path).expect(404);
  });
});

it('lets through whom a grant names and nobody else, for as long as the grant lasts', async () => {
  const person = await newPatientUser(api.dataSource);
  const doctor = await newUser(api.dataSource);
  const path = `patients/${person.patientId}`;
  await as(doctor, 'get', path).expect(404);
  const grant = await newGrant(api.dataSource, person.patientId, doctor.id);
  const seen = await as(doctor, 'get', path);
  await as(doctor, 'patch', path).send({ displayName: 'x' }).expect(403);
  await as(person, 'delete', `${path}/grants/${grant.id}`).expect(204);
  const after = await as(doctor, 'get', path);
  expect([seen.status, after.status]).toEqual([200, 404]);
});
