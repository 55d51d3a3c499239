import { randomUUID } from 'node:crypto';
import { newMember, newMembership, newOrganisation, newUser } from '../factories/people.js';
import { newPatient } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

type Method = 'get' | 'post' | 'patch' | 'delete';
const as = (caller: { bearer: string }, method: Method, path: string) =>
  api.http[method](`/api/v1/${path}`).set('authorization', caller.bearer);

describe('organisations', () => {
  it('are created by an administrator of the platform, who then finds them in the list', async () => {
    const root = await newUser(api.dataSource, { isPlatformAdmin: true });
    const name = `Clinic ${randomUUID()}`;
    const { body } = await as(root, 'post', 'organisations').send({ name }).expect(201);
    expect(body).toEqual({ id: expect.any(String), name, roles: [], createdAt: expect.any(String) });

    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { body: { items: { name: string }[]; nextCursor: string | null } } = await as(
        root,
        'get',
        `organisations?limit=3${cursor && `&cursor=${cursor}`}`,
      ).expect(200);
      names.push(...page.body.items.map((item) => item.name));
      cursor = page.body.nextCursor;
    }
    expect(names.filter((one) => one === name)).toHaveLength(1);
  });

  it('are shown to their members only, with the roles they hold', async () => {
    const member = await newMember(api.dataSource, 'clinician');
    await newMembership(api.dataSource, member.organisationId, member.id, 'admin');
    const { body } = await as(member, 'get', 'organisations').expect(200);
    expect(body).toMatchObject({
      items: [{ id: member.organisationId, roles: ['admin', 'clinician'] }],
      nextCursor: null,
    });
    const stranger = await newUser(api.dataSource);
    await as(stranger, 'get', `organisations/${member.organisationId}`).expect(404);
  });

  it('are renamed by their administrators', async () => {
    const admin = await newMember(api.dataSource, 'admin');
    const clinician = await newMember(api.dataSource, 'clinician', admin.organisationId);
    const path = `organisations/${admin.organisationId}`;
    await as(clinician, 'patch', path).send({ name: 'Mine' }).expect(403);
    const { body } = await as(admin, 'patch', path).send({ name: 'Ours' }).expect(200);
    expect(body.name).toBe('Ours');
  });

  it('take all access with them when they are archived', async () => {
    const root = await newUser(api.dataSource, { isPlatformAdmin: true });
    const clinician = await newMember(api.dataSource, 'clinician');
    const patient = await newPatient(api.dataSource, { organisationId: clinician.organisationId });
    await as(clinician, 'get', `patients/${patient.id}`).expect(200);
    await as(root, 'delete', `organisations/${clinician.organisationId}`).expect(204);
    await as(clinician, 'get', `patients/${patient.id}`).expect(404);
    const { body } = await as(root, 'get', `organisations/${clinician.organisationId}`).expect(404);
    expect(body.code).toBe('NOT_FOUND');
  });

  it('refuse a cursor that no list gave out', async () => {
    const { body } = await as(await newUser(api.dataSource), 'get', 'organisations?cursor=bm90aGluZw').expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'cursor' })]);
  });
});

describe('members', () => {
  it('are added by e-mail, listed, changed and removed by an administrator', async () => {
    const admin = await newMember(api.dataSource, 'admin');
    const colleague = await newUser(api.dataSource, { displayName: 'Dr Lee' });
    const members = `organisations/${admin.organisationId}/members`;

    const added = await as(admin, 'post', members)
      .send({ email: colleague.email.toUpperCase(), role: 'clinician' })
      .expect(201);
    expect(added.body).toMatchObject({ userId: colleague.id, displayName: 'Dr Lee', roles: ['clinician'] });
    await as(admin, 'post', members).send({ email: colleague.email, role: 'admin' }).expect(201);

    const listed = await as(admin, 'get', members).expect(200);
    expect(listed.body.items.map((one: { userId: string; roles: string[] }) => [one.userId, one.roles])).toEqual([
      [admin.id, ['admin']],
      [colleague.id, ['admin', 'clinician']],
    ]);

    const changed = await as(admin, 'patch', `${members}/${colleague.id}`)
      .send({ roles: ['clinician'] })
      .expect(200);
    expect(changed.body.roles).toEqual(['clinician']);
    await as(colleague, 'get', members).expect(403);

    await as(admin, 'delete', `${members}/${colleague.id}`).expect(204);
    await as(admin, 'delete', `${members}/${colleague.id}`).expect(404);
    await as(colleague, 'get', `organisations/${admin.organisationId}`).expect(404);

    const back = await as(admin, 'post', members).send({ email: colleague.email, role: 'clinician' }).expect(201);
    expect(back.body.roles).toEqual(['clinician']);
  });

  it('must have registered', async () => {
    const admin = await newMember(api.dataSource, 'admin');
    const { body } = await as(admin, 'post', `organisations/${admin.organisationId}/members`)
      .send({ email: `nobody-${randomUUID()}@example.org`, role: 'clinician' })
      .expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ path: 'email', code: 'unknown_account' })]);
  });

  it('are no business of another organisation', async () => {
    const admin = await newMember(api.dataSource, 'admin');
    const elsewhere = await newOrganisation(api.dataSource);
    const { body } = await as(admin, 'get', `organisations/${elsewhere.id}/members`).expect(404);
    expect(body.code).toBe('NOT_FOUND');
  });
});
