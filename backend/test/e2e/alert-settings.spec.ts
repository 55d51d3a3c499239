import { newAlert } from '../factories/alerts.js';
import { newClinic, newPatient, newPatientUser } from '../factories/patients.js';
import { newMember, type NewUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const get = (user: NewUser, path: string) => api.http.get(`/api/v1/${path}`).set('authorization', user.bearer);
const put = (user: NewUser, path: string, body: object) =>
  api.http.put(`/api/v1/${path}`).set('authorization', user.bearer).send(body);
const post = (user: NewUser, path: string, body: object) =>
  api.http.post(`/api/v1/${path}`).set('authorization', user.bearer).send(body);

const mmol = (value: number) => ({ value, unit: 'mmol/L' });
const mgdl = (value: number) => ({ value, unit: 'mg/dL' });

describe('alert settings', () => {
  it('hold as they are read back, in the unit of the patient or the one asked for', async () => {
    const person = await newPatientUser(api.dataSource, { unit: 'mmol/L' });
    const before = await get(person, 'patients/me/alert-settings').expect(200);
    expect(before.body).toMatchObject({
      unit: 'mmol/L',
      settings: { low: { enabled: true, threshold: mmol(3.9), sustainMinutes: 0 }, 'rapid-rise': { enabled: false } },
      override: {},
      ownSchedules: null,
      faults: [],
      history: [],
    });
    const override = { low: { threshold: mmol(4.4) }, high: { enabled: false } };
    const changed = await put(person, 'patients/me/alert-settings', { override }).expect(200);
    expect(changed.body).toMatchObject({
      settings: { low: { threshold: mmol(4.4) }, high: { enabled: false, threshold: mmol(13.9) } },
      override,
      history: [{ changedBy: { id: person.id }, override }],
    });
    const other = await get(person, 'patients/me/alert-settings?unit=mg/dL').expect(200);
    expect(other.body.settings.low.threshold).toEqual(mgdl(79));
  });

  it('keep every earlier choice, newest first, also of one moment', async () => {
    const person = await newPatientUser(api.dataSource);
    api.clock.stopAt('2026-06-01T12:00:00Z');
    const values = [71, 72, 73];
    await Promise.all(
      values.map((value) =>
        put(person, 'patients/me/alert-settings', { override: { low: { threshold: mgdl(value) } } }).expect(200),
      ),
    );
    api.clock.run();
    const { body } = await get(person, 'patients/me/alert-settings').expect(200);
    const history = body.history.map((one: { override: { low: { threshold: object } } }) => one.override.low.threshold);
    expect(history).toHaveLength(3);
    expect(history).toEqual(expect.arrayContaining(values.map(mgdl)));
    expect(body.settings.low.threshold).toEqual(history[0]);
  });

  it.each<[string, object, string]>([
    ['a unit taken for the other', { override: { low: { threshold: mgdl(3.9) } } }, 'override.low.threshold'],
    [
      'a low above the high',
      { override: { high: { threshold: mgdl(120) }, low: { threshold: mgdl(120) } } },
      'override.low.threshold',
    ],
    [
      'a schedule that does not fit what holds beside it',
      {
        override: {},
        schedules: [
          { name: 'night', fromMinute: 1320, toMinute: 360, weekdays: [], override: { low: { threshold: mmol(3) } } },
        ],
      },
      'schedules.0.override.urgent-low.threshold',
    ],
    ['a rule that does not exist', { override: { lowish: { enabled: true } } }, 'override'],
    ['a field that does not exist', { override: { low: { enabld: true } } }, 'override.low'],
    ['two decimals', { override: { low: { threshold: mmol(3.95) } } }, 'override.low.threshold.value'],
    [
      'a schedule without hours',
      { override: {}, schedules: [{ name: 'x', fromMinute: 60, toMinute: 60, weekdays: [], override: {} }] },
      'schedules.0.toMinute',
    ],
    ['no override', {}, 'override'],
  ])('refuse %s and name the field', async (_, body, path) => {
    const person = await newPatientUser(api.dataSource);
    for (const answer of [
      await put(person, 'patients/me/alert-settings', body),
      await post(person, 'patients/me/alert-settings/what-if', body),
    ]) {
      expect([answer.status, answer.body.errors?.map((error: { path: string }) => error.path)]).toEqual([
        422,
        expect.arrayContaining([path]),
      ]);
    }
  });

  it('of a clinic are where its patients begin, by night as well', async () => {
    const { organisationId, clinician, patient } = await newClinic(api.dataSource);
    const night = {
      name: 'night',
      fromMinute: 1320,
      toMinute: 360,
      weekdays: [],
      override: { low: { threshold: mgdl(80) } },
    };
    const defaults = { override: { high: { threshold: mgdl(220) } }, schedules: [night] };
    await put(clinician, `organisations/${organisationId}/alert-settings`, defaults).expect(200);
    const inherited = await get(clinician, `patients/${patient.id}/alert-settings`).expect(200);
    expect(inherited.body).toMatchObject({
      settings: { high: { threshold: mgdl(220) } },
      schedules: [night],
      override: {},
    });

    // The person's own threshold holds at night as well; without schedules of their own the clinic's stay.
    const own = { override: { low: { threshold: mgdl(75) } } };
    const changed = await put(clinician, `patients/${patient.id}/alert-settings`, own).expect(200);
    expect(changed.body.schedules).toMatchObject([{ name: 'night', override: { low: { threshold: mgdl(75) } } }]);
    const sources = { 'low.threshold': 'own', 'high.threshold': 'clinic', 'low.enabled': 'default' };
    expect(changed.body.sources).toMatchObject(sources);
    const none = await put(clinician, `patients/${patient.id}/alert-settings`, { ...own, schedules: [] }).expect(200);
    expect(none.body).toMatchObject({ schedules: [], ownSchedules: [], inherited: { schedules: [night] } });

    // Defaults may change under a choice: the patient is told, and can still be alerted.
    const lower = {
      override: {
        high: { threshold: mgdl(150) },
        low: { threshold: mgdl(60) },
        'predicted-low': { threshold: mgdl(55) },
      },
    };
    await put(clinician, `patients/${patient.id}/alert-settings`, {
      override: { low: { threshold: mgdl(120) } },
    }).expect(200);
    await put(clinician, `organisations/${organisationId}/alert-settings`, {
      override: { high: { threshold: mgdl(120) } },
    }).expect(200);
    const clash = await get(clinician, `patients/${patient.id}/alert-settings`).expect(200);
    expect(clash.body.faults.map((fault: { path: string }) => fault.path)).toEqual(['override.low.threshold']);
    await put(clinician, `patients/${patient.id}/alert-settings`, lower).expect(200);
  });

  it('of a clinic are set by clinicians, read by its members, and hidden from everybody else', async () => {
    const { organisationId } = await newClinic(api.dataSource);
    const admin = await newMember(api.dataSource, 'admin', organisationId);
    const stranger = await newMember(api.dataSource, 'clinician');
    const path = `organisations/${organisationId}/alert-settings`;
    await get(admin, path).expect(200);
    await put(admin, path, { override: {} }).expect(403);
    await get(stranger, path).expect(404);
    await put(stranger, path, { override: {} }).expect(404);
  });
});

describe('what if', () => {
  /** Every night of a fortnight, from two to three by the clock of the person, at 65 mg/dL or 3.6 mmol/L. */
  async function withLowNights(timeZone: string, unit: 'mg/dL' | 'mmol/L', utcHour: number) {
    const person = await newPatientUser(api.dataSource, { timeZone, unit });
    const today = new Date().toISOString().slice(0, 10);
    const start = Date.parse(`${today}T00:00:00Z`) - 13 * 86_400_000;
    const until = Date.now() - 60_000;
    const readings = [];
    for (let at = start; at < until; at += 300_000) {
      const hour = new Date(at).getUTCHours();
      const low = hour === utcHour;
      const scatter = (at / 300_000) % 3;
      const value = unit === 'mg/dL' ? (low ? 65 : 120) + scatter : ((low ? 36 : 67) + scatter) / 10;
      readings.push({ measuredAt: new Date(at).toISOString(), value, unit });
    }
    await post(person, 'patients/me/readings', { readings }).expect(200);
    return person;
  }

  it.each([
    ['America/New_York', 'mg/dL', 7],
    ['Asia/Tokyo', 'mmol/L', 17],
  ] as const)('counts alerts, soundings and nights of a patient in %s with %s', async (zone, unit, utcHour) => {
    const person = await withLowNights(zone, unit, utcHour);
    const { body } = await post(person, 'patients/me/alert-settings/what-if', {
      override: { low: { enabled: false }, 'predicted-low': { enabled: false }, 'rapid-fall': { enabled: false } },
    }).expect(200);
    const lows = body.present.byRule.find((one: { rule: string }) => one.rule === 'low');
    expect(lows).toMatchObject({ severity: 'warning', alertsPerDay: expect.any(Number) });
    expect(lows.alerts).toBeGreaterThanOrEqual(12);
    expect(body.present.nightsDisturbed).toBe(lows.alerts);
    expect(body.proposed.byRule.filter((one: { rule: string }) => one.rule !== 'no-data')).toEqual([]);
    expect(body.proposed.nightsDisturbed).toBe(0);
    const stored = await api.dataSource.query('SELECT count(*)::int AS n FROM alert_settings WHERE patient_id = $1', [
      person.patientId,
    ]);
    expect(stored).toEqual([{ n: 0 }]);
  });

  it('answers without readings', async () => {
    const empty = await newPatientUser(api.dataSource);
    const { body } = await post(empty, 'patients/me/alert-settings/what-if', { override: {} }).expect(200);
    expect(body).toMatchObject({ activePercent: 0, present: { alerts: 0, soundings: 0, nightsDisturbed: 0 } });
  });
});

it('statistics tell what came of each rule', async () => {
  const { clinician, patient } = await newClinic(api.dataSource);
  await newPatient(api.dataSource);
  const first = await newAlert(api.dataSource, patient.id, { closedAt: new Date() });
  await newAlert(api.dataSource, patient.id, { closedAt: new Date() });
  const third = await newAlert(api.dataSource, patient.id, { rule: 'high' });
  await post(clinician, `alerts/${first.id}/acknowledge`, {}).expect(200);
  await post(clinician, `alerts/${third.id}/mark-false`, {}).expect(200);
  const { body } = await get(clinician, `patients/${patient.id}/alerts/statistics?days=10`).expect(200);
  const of = (rule: string) => body.rules.find((one: { rule: string }) => one.rule === rule);
  expect(of('low')).toMatchObject({
    alerts: 2,
    alertsPerDay: 0.2,
    sounded: 0,
    actedOnPercent: 50,
    markedFalsePercent: 0,
  });
  // Ten minutes after it was detected.
  expect(of('low').medianSecondsToAcknowledge).toBeGreaterThanOrEqual(600);
  expect(of('high')).toMatchObject({ alerts: 1, actedOnPercent: 100, markedFalsePercent: 100 });
  expect(of('finding')).toMatchObject({ alerts: 0, actedOnPercent: null, medianSecondsToAcknowledge: null });
});
