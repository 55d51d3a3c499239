import { newClinic, newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** Readings every five minutes, `mgdl` of the minutes since the first. */
function readings(from: string, count: number, mgdl: (minute: number) => number, unit = 'mg/dL') {
  const start = Date.parse(from);
  return Array.from({ length: count }, (_, i) => ({
    measuredAt: new Date(start + i * 300_000).toISOString(),
    value: mgdl(i * 5),
    unit,
  }));
}

describe('reports of a patient', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(() => test.clock.stopAt('2026-03-20T12:00:00Z'));
  afterEach(() => test.clock.run());

  const post = (patientId: string, bearer: string, rows: unknown[]) =>
    test.http
      .post(`/api/v1/patients/${patientId}/readings`)
      .set('authorization', bearer)
      .send({ readings: rows })
      .expect(200);

  const get = async (path: string, bearer: string, status = 200) =>
    (await test.http.get(`/api/v1/patients/${path}`).set('authorization', bearer).expect(status)).body;

  it('tells time in ranges of a day whose answer is known', async () => {
    const { bearer } = await newPatientUser(test.dataSource);
    // 288 readings: 144 in range, 72 high, 36 very high, 24 low, 12 very low.
    const bands = [100, 100, 100, 100, 100, 100, 200, 200, 200, 260, 65, 260];
    await post(
      'me',
      bearer,
      readings('2026-03-19T00:00:00Z', 288, (minute) => (minute >= 1380 ? 50 : (bands[Math.floor(minute / 120)] ?? 0))),
    );
    const report = await get('me/metrics?from=2026-03-19T00:00:00Z&to=2026-03-20T00:00:00Z', bearer);
    expect(report.coverage).toMatchObject({ activePercent: 100, days: 1, readings: 288, sufficient: false });
    expect(report.metrics.timeInRange).toBeCloseTo(50, 9);
    expect(report.metrics.timeBelow54).toBeCloseTo((100 * 12) / 288, 9);
    expect(report.metrics.timeBelow70).toBeCloseTo((100 * 36) / 288, 9);
    expect(report.metrics.timeAbove250).toBeCloseTo((100 * 36) / 288, 9);
    expect(report.metrics.gmi).toBeNull();
    expect(report.reasons.gmi).toContain('10 days');
  });

  it('says why there is nothing where there is nothing', async () => {
    const { bearer } = await newPatientUser(test.dataSource);
    const overview = await get('me/overview', bearer);
    expect(overview.lastReading).toBeNull();
    expect(overview.report.metrics.mean).toBeNull();
    expect(overview.report.reasons.mean).toBe('no readings in the period');
    expect(overview.sufficiency.level).toBe('insufficient');
    expect(overview.days).toEqual([]);
    expect(overview.profile.slots.every((slot: { p50: number | null }) => slot.p50 === null)).toBe(true);
  });

  it('ends the period at the last reading where that is long ago', async () => {
    const { bearer } = await newPatientUser(test.dataSource, { timeZone: 'Europe/Moscow' });
    await post(
      'me',
      bearer,
      readings('1961-04-12T06:07:00Z', 100, () => 110),
    );
    const overview = await get('me/overview?days=7', bearer);
    expect(overview.period).toMatchObject({
      days: 7,
      firstDay: '1961-04-06',
      lastDay: '1961-04-12',
      anchoredAt: 'last-reading',
    });
    expect(overview.report.metrics.mean).toBeCloseTo(110, 9);
    expect(overview.lastReading).toMatchObject({ value: 110, unit: 'mg/dL', freshness: 'lost' });
  });

  it('judges mmol/L where it was measured: 10.0 and 3.9 mmol/L are in range', async () => {
    const { bearer } = await newPatientUser(test.dataSource, { unit: 'mmol/L' });
    await post(
      'me',
      bearer,
      readings('2026-03-19T00:00:00Z', 288, (minute) => (minute < 720 ? 10.0 : 3.9), 'mmol/L'),
    );
    const { report, ranges } = await get('me/overview?days=2', bearer);
    expect(report.metrics.timeInRange).toBe(100);
    expect(
      ranges.segments.map((segment: { band: string; display: string }) => [segment.band, segment.display]),
    ).toEqual([
      ['veryHigh', '0'],
      ['high', '0'],
      ['inRange', '100'],
      ['low', '0'],
      ['veryLow', '0'],
    ]);
  });

  it('cuts days at the midnight of the patient, also on the 23-hour day', async () => {
    const { bearer } = await newPatientUser(test.dataSource, { timeZone: 'America/New_York' });
    await post(
      'me',
      bearer,
      readings('2026-03-08T05:00:00Z', 276, () => 120),
    );
    const { items } = await get('me/days?from=2026-03-07&to=2026-03-09', bearer);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      day: '2026-03-08',
      weekday: 7,
      lengthMinutes: 1380,
      count: 276,
      timeInRange: 100,
    });
    const minutes = items[0].points.map((point: number[]) => point[0]);
    expect(minutes).toContain(115);
    expect(minutes.some((minute: number) => minute >= 120 && minute < 180)).toBe(false);
  });

  it('answers metrics, profile and overview of a period with the same numbers', async () => {
    const { clinician, patient } = await newClinic(test.dataSource, { timeZone: 'Europe/Berlin' });
    await post(
      patient.id,
      clinician.bearer,
      readings('2026-03-06T23:00:00Z', 288 * 13, (minute) => Math.round(140 + 60 * Math.sin(minute / 230))),
    );
    const overview = await get(`${patient.id}/overview?days=14`, clinician.bearer);
    const { from, to } = overview.period;
    const range = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
    expect((await get(`${patient.id}/metrics?days=14`, clinician.bearer)).metrics).toEqual(overview.report.metrics);
    expect((await get(`${patient.id}/metrics?${range}`, clinician.bearer)).metrics.timeInRange).toBe(
      overview.report.metrics.timeInRange,
    );
    expect((await get(`${patient.id}/profile?days=14`, clinician.bearer)).slots).toEqual(overview.profile.slots);
    const panel = (await test.http.get('/api/v1/patients').set('authorization', clinician.bearer).expect(200)).body;
    const row = panel.items.find((item: { id: string }) => item.id === patient.id);
    expect(row.metrics.timeInRange).toBeCloseTo(overview.report.metrics.timeInRange, 9);
    expect(row.metrics.mean).toBeCloseTo(overview.report.metrics.mean, 9);
    expect(row.metrics.cv).toBeCloseTo(overview.report.metrics.cv, 9);
    expect(row.coverage.activePercent).toBeCloseTo(overview.report.coverage.activePercent, 9);
    expect(row.segments).toEqual(overview.ranges.segments);
  });

  it.each([
    ['from=2026-03-20T00:00:00Z&to=2026-03-19T00:00:00Z', 'to'],
    ['from=2020-03-20T00:00:00Z&to=2026-03-19T00:00:00Z', 'from'],
    ['from=yesterday', 'from'],
    ['days=0', 'days'],
  ])('refuses the period %s and names the field', async (query, path) => {
    const { bearer } = await newPatientUser(test.dataSource);
    const problem = await get(`me/metrics?${query}`, bearer, 422);
    expect(problem.code).toBe('INVALID_INPUT');
    expect(problem.errors[0].path).toBe(path);
  });
});
