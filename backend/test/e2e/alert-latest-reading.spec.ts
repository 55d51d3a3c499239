import { newAlert } from '../factories/alerts.js';
import { newClinic } from '../factories/patients.js';
import type { NewUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());
afterEach(() => api.clock.run());

const get = async (user: NewUser, path: string) =>
  (await api.http.get(`/api/v1/${path}`).set('authorization', user.bearer).expect(200)).body;

/** Falls by 2 mg/dL a minute; the last reading is of this moment. */
async function falling(user: NewUser, patientId: string, until: Date, values: readonly number[]): Promise<void> {
  const readings = values.map((value, index) => ({
    measuredAt: new Date(until.getTime() - (values.length - 1 - index) * 300_000).toISOString(),
    value,
    unit: 'mg/dL',
  }));
  await api.http
    .post(`/api/v1/patients/${patientId}/readings`)
    .set('authorization', user.bearer)
    .send({ readings })
    .expect(200);
}

it('tells the newest reading with an open alert, in the inbox and on its own page, and when it stops counting', async () => {
  const { clinician, patient } = await newClinic(api.dataSource);
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  api.clock.stopAt(now);
  await falling(clinician, patient.id, now, [90, 80, 70, 60]);
  const { id } = await newAlert(api.dataSource, patient.id);
  const iso = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

  const latestReading = {
    measuredAt: iso(0),
    value: 60,
    unit: 'mg/dL',
    mgdl: 60,
    censored: null,
    freshness: 'current',
    ageMinutes: 0,
    trendMgdlPerMinute: -2,
    delayedAt: iso(7),
    staleAt: iso(15),
    lostAt: iso(30),
  };
  expect((await get(clinician, 'alerts')).items).toMatchObject([{ id, latestReading }]);
  expect(await get(clinician, `alerts/${id}`)).toMatchObject({ latestReading });

  api.clock.advance(31 * 60_000);
  const later = { ...latestReading, freshness: 'lost', ageMinutes: 31 };
  expect((await get(clinician, 'alerts')).items).toMatchObject([{ latestReading: later }]);
});

it('has a trend just after midnight as well', async () => {
  const { clinician, patient } = await newClinic(api.dataSource, { timeZone: 'UTC' });
  const midnight = new Date(new Date().setUTCHours(0, 0, 0, 0));
  api.clock.stopAt(midnight);
  await falling(clinician, patient.id, midnight, [90, 80, 70, 60]);
  await newAlert(api.dataSource, patient.id, { openedAt: midnight });
  expect((await get(clinician, 'alerts')).items).toMatchObject([
    { latestReading: { value: 60, trendMgdlPerMinute: -2 } },
  ]);
});

it('tells none with an alert that is over, nor where nothing was measured', async () => {
  const { clinician, patient } = await newClinic(api.dataSource);
  await newAlert(api.dataSource, patient.id);
  expect((await get(clinician, 'alerts')).items).toMatchObject([{ latestReading: null }]);
  await falling(clinician, patient.id, new Date(), [90, 80, 70, 60]);
  await newAlert(api.dataSource, patient.id, { rule: 'high', closedAt: new Date() });
  const { items } = await get(clinician, 'alerts?state=all');
  expect(items).toMatchObject([
    { rule: 'low', latestReading: { value: 60 } },
    { rule: 'high', latestReading: null },
  ]);
});
