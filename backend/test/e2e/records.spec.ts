import { newPatientUser } from '../factories/patients.js';
import { newUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());
jest.setTimeout(30_000);

type Person = Awaited<ReturnType<typeof newPatientUser>>;

const path = (person: Person, kind: string) => `/api/v1/patients/${person.patientId}/records/${kind}`;
const post = (person: Person, kind: string, body: object) =>
  test.http.post(path(person, kind)).set('authorization', person.bearer).send(body);
const list = (person: Person, kind: string, query = '') =>
  test.http.get(`${path(person, kind)}${query}`).set('authorization', person.bearer);

const dose = (clientId: string, more: object = {}) => ({
  clientId,
  startsAt: '2026-06-01T08:00:00Z',
  insulinType: 'bolus',
  doseUnits: 4.5,
  ...more,
});

describe('one record', () => {
  it('is created once, known afterwards and given back complete', async () => {
    const person = await newPatientUser(test.dataSource);
    const body = dose('a', { startsAt: '2026-06-01T08:00:00+02:00', carbsGrams: 40 });
    const expected = {
      kind: 'insulin-doses',
      clientId: 'a',
      startsAt: '2026-06-01T06:00:00.000Z',
      insulinType: 'bolus',
      doseUnits: 4.5,
      medicationName: null,
      carbsGrams: 40,
      correctionTargetMgdl: null,
      source: 'manual',
    };
    const first = await post(person, 'insulin-doses', body);
    expect([first.status, first.body]).toEqual([201, expected]);
    const again = await post(person, 'insulin-doses', body);
    expect([again.status, again.body]).toEqual([200, expected]);
    expect((await list(person, 'insulin-doses')).body).toEqual({ items: [expected], nextCursor: null });
  });

  it('is refused when another one has its client id', async () => {
    const person = await newPatientUser(test.dataSource);
    await post(person, 'insulin-doses', dose('a'));
    const answer = await post(person, 'insulin-doses', dose('a', { doseUnits: 5 }));
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ path: 'clientId', code: 'CONFLICT' }]);
  });

  it.each([
    ['insulin-doses', dose('a', { doseUnits: 0 }), 'doseUnits'],
    ['insulin-doses', dose('a', { doseUnits: 101 }), 'doseUnits'],
    ['insulin-doses', dose('a', { insulinType: 'nasal' }), 'insulinType'],
    ['insulin-doses', dose(''), 'clientId'],
    ['insulin-doses', dose('a', { startsAt: '2026-06-01T08:00:00' }), 'startsAt'],
    ['meals', { clientId: 'a', startsAt: '2026-06-01T08:00:00Z', carbsGrams: -1 }, 'carbsGrams'],
    ['activities', { clientId: 'a', startsAt: '2026-06-01T08:00:00Z', heartRateAvg: 29 }, 'heartRateAvg'],
    ['sleep', { clientId: 'a', startsAt: '2026-06-01T08:00:00Z' }, 'endsAt'],
    ['sleep', { clientId: 'a', startsAt: '2026-06-01T08:00:00Z', endsAt: '2026-06-01T08:00:00Z' }, 'endsAt'],
  ])('of %s with a bad field names it (%#)', async (kind, body, field) => {
    const person = await newPatientUser(test.dataSource);
    const answer = await post(person, kind, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ path: field }]);
  });

  it('says which field it does not know', async () => {
    const person = await newPatientUser(test.dataSource);
    const answer = await post(person, 'meals', { clientId: 'a', startsAt: '2026-06-01T08:00:00Z', carbs: 40 });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('carbs');
  });

  it('of each kind comes back', async () => {
    const person = await newPatientUser(test.dataSource);
    const time = { clientId: 'a', startsAt: '2026-06-01T22:00:00Z' };
    const bodies = {
      meals: { ...time, mealType: 'dinner', carbsGrams: 60, description: 'pasta' },
      activities: { ...time, activityType: 'running', durationMinutes: 30, intensity: 'vigorous', heartRateAvg: 150 },
      sleep: { ...time, endsAt: '2026-06-02T06:00:00.000Z', deepMinutes: 80, qualityScore: 7.5 },
    };
    for (const [kind, body] of Object.entries(bodies)) {
      expect((await post(person, kind, body)).status).toBe(201);
      expect((await list(person, kind)).body.items).toMatchObject([
        { ...body, startsAt: '2026-06-01T22:00:00.000Z', kind },
      ]);
    }
  });
});

describe('many records', () => {
  it('are judged row by row', async () => {
    const person = await newPatientUser(test.dataSource);
    await post(person, 'insulin-doses', dose('old'));
    const records = [dose('a'), dose('a'), dose('a', { doseUnits: 9 }), {}, dose('old'), dose('old', { doseUnits: 9 })];
    const answer = await post(person, 'insulin-doses', { records });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      accepted: 1,
      known: 2,
      rejected: [
        { index: 2, code: 'CONFLICT', message: expect.any(String) },
        { index: 3, code: 'INVALID_ROW', message: expect.any(String) },
        { index: 5, code: 'CONFLICT', message: expect.any(String) },
      ],
    });
  });

  it('are at most 10,000', async () => {
    const person = await newPatientUser(test.dataSource);
    const records = Array.from({ length: 10_001 }, (_, i) => dose(`dose-${i}`));
    expect((await post(person, 'insulin-doses', { records })).status).toBe(413);
    const full = await post(person, 'insulin-doses', { records: records.slice(1) });
    expect([full.status, full.body]).toEqual([200, { accepted: 10_000, known: 0, rejected: [] }]);
  });

  it('sent twice at once are stored once', async () => {
    const person = await newPatientUser(test.dataSource);
    const records = Array.from({ length: 200 }, (_, i) => dose(`dose-${i}`));
    const answers = await Promise.all([
      post(person, 'insulin-doses', { records }),
      post(person, 'insulin-doses', { records: records.toReversed() }),
    ]);
    const sum = (key: 'accepted' | 'known') => answers.reduce((total, { body }) => total + body[key], 0);
    expect([sum('accepted'), sum('known')]).toEqual([200, 200]);
  });
});

describe('the list', () => {
  it('pages by start and client id within its range', async () => {
    const person = await newPatientUser(test.dataSource);
    const records = [
      dose('b'),
      dose('a'),
      dose('c', { startsAt: '2026-06-01T07:00:00Z' }),
      dose('late', { startsAt: '2026-06-02T00:00:00Z' }),
    ];
    await post(person, 'insulin-doses', { records });
    const range = 'from=2026-06-01T07:00:00Z&to=2026-06-02T00:00:00Z';
    const first = await list(person, 'insulin-doses', `?${range}&limit=2`);
    const second = await list(person, 'insulin-doses', `?${range}&limit=2&cursor=${first.body.nextCursor}`);
    const ids = [...first.body.items, ...second.body.items].map((item: { clientId: string }) => item.clientId);
    expect(ids).toEqual(['c', 'a', 'b']);
    expect(second.body.nextCursor).toBeNull();
  });

  it('of an unknown kind does not exist', async () => {
    const person = await newPatientUser(test.dataSource);
    expect((await list(person, 'horoscopes')).status).toBe(404);
  });
});

describe('deleting', () => {
  it('removes one record, and a second time finds none', async () => {
    const person = await newPatientUser(test.dataSource);
    await post(person, 'meals', { clientId: 'my meal', startsAt: '2026-06-01T08:00:00Z' });
    const remove = () => test.http.delete(`${path(person, 'meals')}/my%20meal`).set('authorization', person.bearer);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect((await list(person, 'meals')).body.items).toEqual([]);
  });

  it('is hidden from strangers', async () => {
    const person = await newPatientUser(test.dataSource);
    await post(person, 'meals', { clientId: 'a', startsAt: '2026-06-01T08:00:00Z' });
    const stranger = await newUser(test.dataSource);
    const answer = await test.http.delete(`${path(person, 'meals')}/a`).set('authorization', stranger.bearer);
    expect(answer.status).toBe(404);
    expect((await list(person, 'meals')).body.items).toHaveLength(1);
  });
});
