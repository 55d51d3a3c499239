import { newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
  test.clock.stopAt('2026-06-15T12:00:00Z');
});
afterAll(() => test.close());
jest.setTimeout(30_000);

type Person = Awaited<ReturnType<typeof newPatientUser>>;

const at = (person: Person, path: string): string => `/api/v1/patients/${person.patientId}/${path}`;
const get = (person: Person, path: string) => test.http.get(at(person, path)).set('authorization', person.bearer);
const post = (person: Person, path: string, body: object) =>
  test.http.post(at(person, path)).set('authorization', person.bearer).send(body);

const everyFiveMinutes = (from: string, count: number, more: object = {}) => ({
  readings: Array.from({ length: count }, (_, i) => ({
    measuredAt: new Date(Date.parse(from) + i * 300_000).toISOString(),
    value: 100,
    unit: 'mg/dL',
    ...more,
  })),
});

/** What a person sees: the local days with the number of readings on each. */
async function countsByDay(person: Person): Promise<Record<string, number>> {
  const { body } = await get(person, 'days?from=2026-03-01&to=2026-06-30');
  return Object.fromEntries(body.items.map((day: { day: string; count: number }) => [day.day, day.count]));
}

describe('local days', () => {
  it.each([
    ['Europe/Berlin', '2026-03-27T23:00:00Z', { '2026-03-28': 288, '2026-03-29': 276, '2026-03-30': 288 }, 852],
    ['America/Santiago', '2026-04-03T03:00:00Z', { '2026-04-03': 288, '2026-04-04': 300, '2026-04-05': 288 }, 876],
  ])('of %s are as long as they were', async (timeZone, from, days, count) => {
    const person = await newPatientUser(test.dataSource, { timeZone });
    await post(person, 'readings', everyFiveMinutes(from, count));
    expect(await countsByDay(person)).toEqual(days);
  });

  it('follow a move from its instant on, and back when it is taken back', async () => {
    const person = await newPatientUser(test.dataSource, { timeZone: 'Europe/Berlin' });
    await post(person, 'readings', everyFiveMinutes('2026-04-30T22:00:00Z', 288 * 2));
    const home = { '2026-05-01': 288, '2026-05-02': 288 };
    expect(await countsByDay(person)).toEqual(home);

    const move = { validFrom: '2026-05-01T12:00:00Z', timeZone: 'America/New_York' };
    expect((await post(person, 'time-zones', move)).status).toBe(201);
    // Six hours more of the first day: midnight came later in New York.
    expect(await countsByDay(person)).toEqual({ '2026-05-01': 360, '2026-05-02': 216 });
    expect((await get(person, 'time-zones')).body.items).toEqual([
      { validFrom: null, timeZone: 'Europe/Berlin' },
      { validFrom: '2026-05-01T12:00:00.000Z', timeZone: 'America/New_York' },
    ]);

    const remove = () =>
      test.http.delete(at(person, 'time-zones/2026-05-01T12:00:00Z')).set('authorization', person.bearer);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect(await countsByDay(person)).toEqual(home);
  });

  it('put a date that was lived twice together, and leave out one that was skipped', async () => {
    const person = await newPatientUser(test.dataSource, { timeZone: 'Pacific/Kiritimati' });
    await post(person, 'readings', everyFiveMinutes('2026-04-30T10:00:00Z', 288 * 2));
    expect(await countsByDay(person)).toEqual({ '2026-05-01': 288, '2026-05-02': 288 });
    await post(person, 'time-zones', { validFrom: '2026-05-01T10:00:00Z', timeZone: 'Pacific/Honolulu' });
    expect(await countsByDay(person)).toEqual({ '2026-05-01': 576 });
  });

  it('change when the zone of the beginning was wrong', async () => {
    const person = await newPatientUser(test.dataSource);
    await post(person, 'readings', everyFiveMinutes('2026-05-01T22:00:00Z', 12));
    await post(person, 'time-zones', { validFrom: null, timeZone: 'Europe/Berlin' });
    expect(await countsByDay(person)).toEqual({ '2026-05-02': 12 });
  });

  it('refuse a zone that does not exist', async () => {
    const person = await newPatientUser(test.dataSource);
    const answer = await post(person, 'time-zones', { validFrom: null, timeZone: 'Europe/Atlantis' });
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'timeZone']);
  });
});

describe('sources', () => {
  it('that compete for an instant are believed in the order of their priority', async () => {
    const person = await newPatientUser(test.dataSource);
    const value = async () => (await get(person, 'days?from=2026-05-01&to=2026-05-01')).body.items[0].points[0][1];
    await post(person, 'readings', everyFiveMinutes('2026-05-01T10:00:00Z', 3, { value: 100, source: 'sensor' }));
    await post(person, 'readings', everyFiveMinutes('2026-05-01T10:00:00Z', 3, { value: 150, source: 'phone' }));
    expect(await value()).toBe(100);

    const { body } = await get(person, 'sources');
    expect(body.items.map((source: { name: string }) => source.name)).toEqual(['sensor', 'phone']);
    const prioritise = (id: number) =>
      test.http
        .put(at(person, 'sources'))
        .set('authorization', person.bearer)
        .send({ sources: [{ id, priority: 0 }] });
    const answer = await prioritise(body.items[1].id);
    expect(answer.body.items.map((source: { name: string }) => source.name)).toEqual(['phone', 'sensor']);
    expect(await value()).toBe(150);
    expect((await prioritise(9)).status).toBe(422);
  });
});
