import { newMember, type NewUser, newUser } from '../factories/people.js';
import { newClinic, newGrant, newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterEach(() => api.clock.run());
afterAll(() => api.close());

type Caller = Pick<NewUser, 'bearer'>;
const as = (caller: Caller, method: 'get' | 'post' | 'delete', path: string) =>
  api.http[method](`/api/v1/${path}`).set('authorization', caller.bearer);

async function clinicWithRecord(fields: Parameters<typeof newClinic>[1] = {}) {
  const { patient, organisationId, clinician } = await newClinic(api.dataSource, fields);
  return { patient, organisationId, clinician, admin: await newMember(api.dataSource, 'admin', organisationId) };
}

async function invite(admin: Caller, patientId: string, email: string): Promise<{ id: string; code: string }> {
  return (await as(admin, 'post', `patients/${patientId}/invitations`).send({ email }).expect(201)).body;
}
const accept = (person: Caller, { id, code }: { id: string; code: string }) =>
  as(person, 'post', `invitations/${id}/accept`).send({ code });
const received = async (person: Caller) => (await as(person, 'get', 'invitations').expect(200)).body.items;
const states = async (admin: Caller, patientId: string): Promise<string[]> =>
  (await as(admin, 'get', `patients/${patientId}/invitations`).expect(200)).body.items.map(
    (one: { state: string }) => one.state,
  );
const ownRecord = async (person: Caller): Promise<string> =>
  (await as(person, 'get', 'patients/me').expect(200)).body.id;

describe('an invitation to a record', () => {
  it('joins it with the login of its person once that person accepts, and not before', async () => {
    const { patient, admin } = await clinicWithRecord();
    const person = await newPatientUser(api.dataSource);
    const invitation = await invite(admin, patient.id, person.email);
    expect(await ownRecord(person)).toBe(person.patientId);
    expect(await received(person)).toEqual([
      {
        id: invitation.id,
        organisationName: 'Example Clinic',
        createdAt: expect.any(String),
        expiresAt: expect.any(String),
      },
    ]);
    const { body } = await accept(person, invitation).expect(200);
    expect(body).toMatchObject({ id: patient.id, claimed: true });
    expect(await ownRecord(person)).toBe(patient.id);
    expect(await received(person)).toEqual([]);
    expect(await states(admin, patient.id)).toEqual(['accepted']);
    await accept(person, invitation).expect(404);
  });

  it('is answered alike for an address that nobody has, and waits for whoever registers with it', async () => {
    const { patient, admin } = await clinicWithRecord();
    const known = await newPatientUser(api.dataSource);
    const email = `later-${patient.id}@example.org`;
    const path = `patients/${patient.id}/invitations`;
    const [forKnown, forUnknown] = [
      await as(admin, 'post', path).send({ email: known.email }),
      await as(admin, 'post', path).send({ email: ` ${email.toUpperCase()} ` }),
    ];
    const shape = ({ status, body }: typeof forKnown) => [status, Object.keys(body), body.state];
    expect(shape(forUnknown)).toEqual(shape(forKnown));
    const later = await newUser(api.dataSource, { email });
    expect((await received(later)).map((one: { id: string }) => one.id)).toEqual([forUnknown.body.id]);
    await accept(later, forUnknown.body).expect(200);
  });

  it('is worth nothing without its code, and to nobody but the address it names', async () => {
    const { patient, admin } = await clinicWithRecord();
    const [person, other] = [await newPatientUser(api.dataSource), await newPatientUser(api.dataSource)];
    const invitation = await invite(admin, patient.id, person.email);
    const wrong = await accept(person, { ...invitation, code: '0000-0000-0000' }).expect(422);
    expect(wrong.body.errors).toEqual([expect.objectContaining({ path: 'code', code: 'wrong_code' })]);
    await accept(other, invitation).expect(404);
    await as(other, 'post', `invitations/${invitation.id}/decline`).expect(404);
    expect(await received(other)).toEqual([]);
    await accept(person, { ...invitation, code: invitation.code.toLowerCase().replaceAll('-', ' ') }).expect(200);
  });

  it('is declined, withdrawn, replaced by a newer one, or ends by itself after thirty days', async () => {
    const { patient, admin } = await clinicWithRecord();
    const person = await newPatientUser(api.dataSource);
    const declined = await invite(admin, patient.id, person.email);
    await as(person, 'post', `invitations/${declined.id}/decline`).expect(204);
    const withdrawn = await invite(admin, patient.id, person.email);
    await as(admin, 'delete', `patients/${patient.id}/invitations/${withdrawn.id}`).expect(204);
    const replaced = await invite(admin, patient.id, person.email);
    const late = await invite(admin, patient.id, person.email);
    api.clock.stopAt(new Date(Date.now() + 30 * 86_400_000 + 1_000));
    for (const invitation of [declined, withdrawn, replaced, late]) await accept(person, invitation).expect(404);
    expect(await received(person)).toEqual([]);
    expect(await states(admin, patient.id)).toEqual(['declined', 'withdrawn', 'withdrawn', 'expired']);
    expect(await ownRecord(person)).toBe(person.patientId);
  });

  it('is not made for a record that has its person', async () => {
    const owner = await newUser(api.dataSource);
    const { patient, admin } = await clinicWithRecord({ userId: owner.id });
    const { body } = await as(admin, 'post', `patients/${patient.id}/invitations`)
      .send({ email: owner.email })
      .expect(409);
    expect(body.code).toBe('CONFLICT');
  });

  it('does not take a record away that holds data, or waits for a file to be read', async () => {
    const { patient, admin } = await clinicWithRecord();
    const [person, uploader] = [await newPatientUser(api.dataSource), await newPatientUser(api.dataSource)];
    await as(person, 'post', 'patients/me/readings')
      .send({ measuredAt: '2026-01-01T00:00:00Z', value: 98, unit: 'mg/dL' })
      .expect(201);
    await api.dataSource.query(
      `INSERT INTO imports (patient_id, id, created_at, status, sha256, byte_size)
       VALUES ($1, gen_random_uuid(), now(), 'queued', sha256('x'), 1)`,
      [uploader.patientId],
    );
    for (const one of [person, uploader]) {
      await accept(one, await invite(admin, patient.id, one.email)).expect(409);
      expect(await ownRecord(one)).toBe(one.patientId);
    }
  });

  it('is accepted once by two requests at the same time', async () => {
    const { patient, admin } = await clinicWithRecord();
    const person = await newPatientUser(api.dataSource);
    const invitation = await invite(admin, patient.id, person.email);
    const answers = await Promise.all([accept(person, invitation), accept(person, invitation)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await ownRecord(person)).toBe(patient.id);
  });
});

describe('leaving the record of a clinic', () => {
  it('leaves the record to the clinic, ends the grants of the person, and gives an empty record back', async () => {
    const { patient, admin, clinician } = await clinicWithRecord({ timeZone: 'America/Lima', unit: 'mmol/L' });
    const person = await newPatientUser(api.dataSource);
    const friend = await newUser(api.dataSource);
    await accept(person, await invite(admin, patient.id, person.email)).expect(200);
    const kept = await newGrant(api.dataSource, patient.id, (await newUser(api.dataSource)).id);
    const { body: given } = await as(person, 'post', 'patients/me/grants').send({ email: friend.email }).expect(201);

    await as(person, 'delete', 'patients/me/claim').expect(204);
    const { body: own } = await as(person, 'get', 'patients/me').expect(200);
    expect(own).toMatchObject({ organisationId: null, timeZone: 'America/Lima', unit: 'mmol/L', claimed: true });
    expect(own.id).not.toBe(patient.id);
    await as(person, 'get', `patients/${patient.id}`).expect(404);
    await as(friend, 'get', `patients/${patient.id}`).expect(404);
    const seen = await as(clinician, 'get', `patients/${patient.id}`).expect(200);
    expect(seen.body.claimed).toBe(false);
    const { body: grants } = await as(admin, 'get', `patients/${patient.id}/grants`).expect(200);
    const stateOf = (id: string) => grants.items.find((one: { id: string }) => one.id === id).state;
    expect([stateOf(kept.id), stateOf(given.id)]).toEqual(['live', 'revoked']);
    await accept(person, await invite(admin, patient.id, person.email)).expect(200);
    expect(await ownRecord(person)).toBe(patient.id);
  });

  it('is refused to somebody whose record no clinic keeps', async () => {
    const person = await newPatientUser(api.dataSource);
    await as(person, 'delete', 'patients/me/claim').expect(409);
    expect(await ownRecord(person)).toBe(person.patientId);
  });
});
