import { newClinic, newGrant, newPatientUser } from '../factories/patients.js';
import { newMember, newUser, type NewUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const call = (user: NewUser, method: 'get' | 'put' | 'delete', patientId: string, path = '') =>
  api.http[method](`/api/v1/patients/${patientId}/followers${path}`).set('authorization', user.bearer);

interface Listed {
  readonly person: { readonly id: string };
  readonly follows: boolean;
}
const list = async (user: NewUser, patientId: string): Promise<Listed[]> =>
  (await call(user, 'get', patientId).expect(200)).body.items;

async function personWithReaders() {
  const person = await newPatientUser(api.dataSource);
  const [parent, friend] = [await newUser(api.dataSource), await newUser(api.dataSource)];
  await newGrant(api.dataSource, person.patientId, parent.id, { scope: 'write' });
  await newGrant(api.dataSource, person.patientId, friend.id);
  return { person, parent, friend, patientId: person.patientId };
}

it('shows the person who may follow and who does, and not the person, who is told anyway', async () => {
  const { person, parent, friend, patientId } = await personWithReaders();
  const added = await call(person, 'put', 'me', `/${parent.id}`).expect(200);
  expect(added.body).toMatchObject({
    person: { id: parent.id },
    relation: 'grant',
    follows: true,
    addedBy: { id: person.id },
    reachable: false,
  });
  const { body } = await call(person, 'get', 'me').expect(200);
  expect(body.mayChangeOthers).toBe(true);
  expect(body.items.map(({ person: { id }, follows }: Listed) => [id, follows])).toEqual([
    [parent.id, true],
    [friend.id, false],
  ]);
  expect((await call(person, 'put', patientId, `/${person.id}`).expect(422)).body.errors[0].code).toBe('may_not_read');
});

it('lets a reader follow and leave, and change nobody else', async () => {
  const { parent, friend, patientId } = await personWithReaders();
  expect((await list(friend, patientId)).map(({ person }) => person.id)).toEqual([friend.id]);
  await call(friend, 'put', patientId, `/${parent.id}`).expect(403);
  await call(friend, 'put', patientId, '/me').expect(200);
  await call(friend, 'put', patientId, '/me').expect(200);
  await call(parent, 'put', patientId, '/me').expect(200);
  expect((await list(friend, patientId)).filter(({ follows }) => follows)).toHaveLength(2);
  await call(friend, 'delete', patientId, `/${parent.id}`).expect(403);
  await call(friend, 'delete', patientId, '/me').expect(204);
  await call(friend, 'delete', patientId, '/me').expect(204);
  await call(parent, 'delete', patientId, `/${friend.id}`).expect(204);
  expect((await list(parent, patientId)).filter(({ follows }) => follows).map(({ person }) => person.id)).toEqual([
    parent.id,
  ]);
});

it('takes clinicians of the clinic, and answers for everybody else as for nobody', async () => {
  const { organisationId, clinician, patient } = await newClinic(api.dataSource);
  const colleague = await newMember(api.dataSource, 'clinician', organisationId);
  const administrator = await newMember(api.dataSource, 'admin', organisationId);
  const stranger = await newUser(api.dataSource);
  const { body } = await call(clinician, 'put', patient.id, `/${colleague.id}`).expect(200);
  expect(body).toMatchObject({ relation: 'clinician', follows: true });
  for (const id of [administrator.id, stranger.id, '00000000-0000-4000-8000-000000000000']) {
    const refused = await call(clinician, 'put', patient.id, `/${id}`).expect(422);
    expect(refused.body.errors).toEqual([expect.objectContaining({ path: 'userId', code: 'may_not_read' })]);
  }
});

it('says of a follower whose access has ended that nothing reaches them', async () => {
  const { person, friend, patientId } = await personWithReaders();
  await call(friend, 'put', patientId, '/me').expect(200);
  await api.dataSource.query('UPDATE grants SET revoked_at = now() WHERE grantee_user_id = $1', [friend.id]);
  const { body } = await call(person, 'get', 'me').expect(200);
  expect(body.items).toContainEqual(
    expect.objectContaining({ person: expect.objectContaining({ id: friend.id }), relation: 'none', follows: true }),
  );
  await call(person, 'delete', 'me', `/${friend.id}`).expect(204);
});
