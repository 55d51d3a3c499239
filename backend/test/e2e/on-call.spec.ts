import { newMember, newUser, type NewUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterEach(() => api.clock.run());
afterAll(() => api.close());

const NOW = '2026-06-01T12:00:00.000Z';
/** Hours after `NOW`. */
const hour = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
const call = (
  user: NewUser & { organisationId: string },
  method: 'get' | 'post' | 'patch' | 'delete',
  path = '',
  body: object = {},
) => {
  const url = `/api/v1/organisations/${user.organisationId}/on-call${path}`;
  const asked = api.http[method](url).set('authorization', user.bearer);
  return method === 'get' || method === 'delete' ? asked : asked.send(body);
};

async function clinicAt(now = NOW) {
  api.clock.stopAt(now);
  const clinician = await newMember(api.dataSource, 'clinician');
  const colleague = await newMember(api.dataSource, 'clinician', clinician.organisationId);
  const add = (userId: string, from: number, to: number) =>
    call(clinician, 'post', '', { userId, startsAt: hour(from), endsAt: hour(to) });
  return { clinician, colleague, add };
}
const fieldOf = ({ path, code }: { path: string; code: string }) => `${path} ${code}`;

it('tells who is on call now, and where nobody is in the next fourteen days', async () => {
  const { clinician, colleague, add } = await clinicAt();
  await add(clinician.id, -2, 24).expect(201);
  await add(colleague.id, 20, 14 * 24 - 6).expect(201);
  await add(clinician.id, 14 * 24 - 3, 14 * 24 + 3).expect(201);
  const { body } = await call(clinician, 'get').expect(200);
  expect(body).toMatchObject({
    from: hour(-24),
    to: hour(14 * 24),
    now: [{ person: { id: clinician.id }, until: hour(24), reachable: false }],
    gaps: [{ from: hour(14 * 24 - 6), to: hour(14 * 24 - 3) }],
    gapsUntil: hour(14 * 24),
  });
  expect(body.shifts).toHaveLength(3);
  expect(body.clinicians.map(({ id }: { id: string }) => id).sort()).toEqual([clinician.id, colleague.id].sort());
  const narrow = await call(clinician, 'get', `?from=${hour(0)}&to=${hour(20)}`).expect(200);
  expect(narrow.body.shifts).toHaveLength(1);
  expect(narrow.body.gaps).toEqual(body.gaps);
  await call(clinician, 'get', `?from=${hour(0)}&to=${hour(93 * 24)}`).expect(422);
});

it('takes two people at a time, and the same person once', async () => {
  const { clinician, colleague, add } = await clinicAt();
  await add(clinician.id, 1, 9).expect(201);
  await add(colleague.id, 1, 9).expect(201);
  const refused = await add(clinician.id, 8, 12).expect(422);
  expect(refused.body.errors.map(fieldOf)).toEqual(['startsAt overlap']);
  const next = await add(clinician.id, 9, 12).expect(201);
  const moved = await call(clinician, 'patch', `/${next.body.id}`, { startsAt: hour(8) }).expect(422);
  expect(moved.body.errors.map(fieldOf)).toEqual(['startsAt overlap']);
  await call(clinician, 'patch', `/${next.body.id}`, { endsAt: hour(13) }).expect(200);
});

it('takes the same person once also from requests that come at once', async () => {
  const { clinician, add } = await clinicAt();
  const answers = await Promise.all([1, 2, 3, 4].map((from) => add(clinician.id, from, 9)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
});

it.each<[string, number, number, string]>([
  ['that ends before it begins', 5, 4, 'endsAt empty_period'],
  ['of more than a month', 1, 32 * 24, 'endsAt too_long'],
  ['that is over', -3, -1, 'endsAt over'],
  ['that began days ago', -48, 2, 'startsAt too_early'],
])('refuses a shift %s', async (_, from, to, field) => {
  const { clinician, add } = await clinicAt();
  expect((await add(clinician.id, from, to).expect(422)).body.errors.map(fieldOf)).toEqual([field]);
});

it('takes nobody who is no clinician here', async () => {
  const { clinician, add } = await clinicAt();
  const administrator = await newMember(api.dataSource, 'admin', clinician.organisationId);
  for (const { id } of [administrator, await newUser(api.dataSource), await newMember(api.dataSource, 'clinician')]) {
    expect((await add(id, 1, 2).expect(422)).body.errors.map(fieldOf)).toEqual(['userId no_clinician']);
  }
});

it('keeps what was: a running shift can only end at another time, and one that is over stays', async () => {
  const { clinician, colleague, add } = await clinicAt();
  const { body: shift } = await add(clinician.id, 1, 9).expect(201);
  await call(clinician, 'patch', `/${shift.id}`, { userId: colleague.id, startsAt: hour(2) }).expect(200);
  api.clock.stopAt(hour(3));
  await call(clinician, 'patch', `/${shift.id}`, { userId: clinician.id }).expect(409);
  await call(clinician, 'patch', `/${shift.id}`, { endsAt: hour(10) }).expect(200);
  await call(clinician, 'delete', `/${shift.id}`).expect(204);
  const { body } = await call(clinician, 'get').expect(200);
  expect(body.shifts).toMatchObject([{ id: shift.id, startsAt: hour(2), endsAt: hour(3) }]);
  expect(body.now).toEqual([]);
  api.clock.stopAt(hour(4));
  await call(clinician, 'delete', `/${shift.id}`).expect(409);
  const { body: later } = await add(clinician.id, 20, 30).expect(201);
  await call(clinician, 'delete', `/${later.id}`).expect(204);
  expect((await call(clinician, 'get').expect(200)).body.shifts).toHaveLength(1);
});

it('counts nobody who has left the clinic, and says so', async () => {
  const { clinician, colleague, add } = await clinicAt();
  await add(colleague.id, -1, 14 * 24 + 1).expect(201);
  await api.dataSource.query('UPDATE memberships SET revoked_at = now() WHERE user_id = $1', [colleague.id]);
  const { body } = await call(clinician, 'get').expect(200);
  expect(body).toMatchObject({ now: [], gaps: [{ from: hour(0), to: hour(14 * 24) }], shifts: [{ counts: false }] });
});
