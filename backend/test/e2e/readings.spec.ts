import { newGrant, newPatientUser } from '../factories/patients.js';
import { newUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
  test.clock.stopAt('2026-06-15T12:00:00Z');
});
afterAll(() => test.close());
jest.setTimeout(30_000);

type Person = Awaited<ReturnType<typeof newPatientUser>>;

const post = (person: Person, body: object) =>
  test.http.post(`/api/v1/patients/${person.patientId}/readings`).set('authorization', person.bearer).send(body);
const list = (person: Person, query = '') =>
  test.http.get(`/api/v1/patients/${person.patientId}/readings${query}`).set('authorization', person.bearer);

const reading = (measuredAt: string, value = 100, more: object = {}) => ({ measuredAt, value, unit: 'mg/dL', ...more });

describe('one reading', () => {
  it('is created once, known afterwards and given back as it was reported', async () => {
    const person = await newPatientUser(test.dataSource);
    const body = { measuredAt: '2026-06-01T12:00:00.250+02:00', value: 5.5, unit: 'mmol/L', source: 'Libre' };
    const expected = {
      measuredAt: '2026-06-01T10:00:00.250Z',
      value: 5.5,
      unit: 'mmol/L',
      kind: 'cgm',
      censored: null,
      source: 'Libre',
    };
    const first = await post(person, body);
    expect([first.status, first.body]).toEqual([201, expected]);
    const second = await post(person, body);
    expect([second.status, second.body]).toEqual([200, expected]);
    expect((await list(person)).body).toEqual({ items: [expected], nextCursor: null });
  });

  it('keeps what was reported first', async () => {
    const person = await newPatientUser(test.dataSource);
    await post(person, reading('2026-06-01T10:00:00Z', 100));
    const answer = await post(person, reading('2026-06-01T10:00:00Z', 101));
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ path: 'value', code: 'CONFLICT' }]);
  });

  it.each([
    [{}, 'INVALID_INSTANT'],
    [reading('2026-06-01T10:00:00'), 'INVALID_INSTANT'],
    [reading('2026-02-30T10:00:00Z'), 'INVALID_INSTANT'],
    [reading('2026-06-15T12:10:00.001Z'), 'AHEAD_OF_TIME'],
    [reading('2026-06-01T10:00:00Z', 9), 'OUT_OF_RANGE'],
    [reading('2026-06-01T10:00:00Z', 100.25), 'TOO_MANY_DECIMALS'],
    [{ ...reading('2026-06-01T10:00:00Z'), value: '100' }, 'INVALID_VALUE'],
    [{ ...reading('2026-06-01T10:00:00Z'), unit: 'mg' }, 'INVALID_UNIT'],
    [{ ...reading('2026-06-01T10:00:00Z'), kind: 'guess' }, 'INVALID_KIND'],
    [{ ...reading('2026-06-01T10:00:00Z'), censored: 'yes' }, 'INVALID_CENSORED'],
    [{ ...reading('2026-06-01T10:00:00Z'), source: ' ' }, 'INVALID_SOURCE'],
  ])('%j is refused as %s', async (body, code) => {
    const person = await newPatientUser(test.dataSource);
    const answer = await post(person, body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'INVALID_INPUT', errors: [{ code }] });
    expect((await list(person)).body.items).toEqual([]);
  });
});

describe('many readings', () => {
  it('are judged row by row', async () => {
    const person = await newPatientUser(test.dataSource);
    const answer = await post(person, {
      readings: [
        reading('2026-06-01T10:00:00Z', 40, { censored: 'low' }),
        reading('2026-06-01T10:05:00Z', 5),
        null,
        reading('2026-06-01T10:00:00Z', 40, { censored: 'low' }),
        reading('2026-06-01T10:00:00Z', 41),
        reading('2026-06-01T10:00:00Z', 41, { source: 'meter', kind: 'fingerstick' }),
      ],
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      accepted: 2,
      known: 1,
      rejected: [
        { index: 1, code: 'OUT_OF_RANGE', message: expect.any(String) },
        { index: 2, code: 'INVALID_ROW', message: expect.any(String) },
        { index: 4, code: 'CONFLICT', message: expect.any(String) },
      ],
    });
  });

  it('are at most 10,000', async () => {
    const person = await newPatientUser(test.dataSource);
    const start = Date.parse('2026-01-01T00:00:00Z');
    const readings = Array.from({ length: 10_001 }, (_, i) => reading(new Date(start + i * 300_000).toISOString()));
    expect((await post(person, { readings })).status).toBe(413);
    const full = await post(person, { readings: readings.slice(1) });
    expect([full.status, full.body]).toEqual([200, { accepted: 10_000, known: 0, rejected: [] }]);
    expect((await post(person, { readings: {} })).status).toBe(422);
    expect((await post(person, { readings: [] })).body).toEqual({ accepted: 0, known: 0, rejected: [] });
  });
});

describe('the list', () => {
  it('pages through equal instants of two sources without losing or repeating one', async () => {
    const person = await newPatientUser(test.dataSource);
    const at = ['2026-06-01T10:00:00.123Z', '2026-06-01T10:05:00Z', '2026-06-01T10:10:00Z'];
    const readings = at.flatMap((measuredAt) => ['a', 'b'].map((source) => reading(measuredAt, 100, { source })));
    await post(person, { readings });
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await list(person, `?limit=1${cursor}`);
      seen.push(
        ...body.items.map((item: { measuredAt: string; source: string }) => `${item.measuredAt} ${item.source}`),
      );
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(
      at.flatMap((instant) => ['a', 'b'].map((source) => `${new Date(instant).toISOString()} ${source}`)),
    );
  });

  it('includes from and excludes to', async () => {
    const person = await newPatientUser(test.dataSource);
    const at = ['2026-06-01T10:00:00.000Z', '2026-06-01T10:05:00.000Z', '2026-06-01T10:10:00.000Z'];
    await post(person, { readings: at.map((instant) => reading(instant)) });
    const { body } = await list(person, `?from=${at[0]}&to=${at[2]}`);
    expect(body.items.map((item: { measuredAt: string }) => item.measuredAt)).toEqual(at.slice(0, 2));
  });

  it('refuses a limit above 10,000 and a cursor it did not give', async () => {
    const person = await newPatientUser(test.dataSource);
    expect((await list(person, '?limit=10001')).status).toBe(422);
    expect((await list(person, '?cursor=nonsense')).status).toBe(422);
  });
});

describe('access', () => {
  it('hides the patient from strangers and lets a reader read but not write', async () => {
    const person = await newPatientUser(test.dataSource);
    const stranger = await newUser(test.dataSource);
    const path = `/api/v1/patients/${person.patientId}/readings`;
    const as = (bearer: string) =>
      test.http.post(path).set('authorization', bearer).send(reading('2026-06-01T10:00:00Z'));
    expect((await as(stranger.bearer)).status).toBe(404);
    await newGrant(test.dataSource, person.patientId, stranger.id, {
      scope: 'read',
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2027-01-01T00:00:00Z',
    });
    expect((await as(stranger.bearer)).status).toBe(403);
    expect((await test.http.get(path).set('authorization', stranger.bearer)).status).toBe(200);
    expect((await test.http.get(path)).status).toBe(401);
  });
});
