import { isoDay, parseIsoDay } from '../../../src/domain/time/zone.js';
import { unpackDays } from '../../../src/domain/glycemia/day-samples.js';
import { mgdl, mmol, openReadings } from './setup.js';

let on: Awaited<ReturnType<typeof openReadings>>;
beforeAll(async () => {
  on = await openReadings();
});
afterAll(() => on.dataSource.destroy());

const fiveMinutes = (from: string, count: number, value = 100) =>
  Array.from({ length: count }, (_, i) =>
    mgdl(new Date(Date.parse(from) + i * 300_000).toISOString(), value + (i % 7)),
  );

const stored = async (patientId: string) => {
  const days = await on.days.daysOf(patientId, -100_000, 100_000);
  return Object.fromEntries(days.map((day) => [isoDay(day.day), Array.from(unpackDays([day]).tenths)]));
};

const dayRows = (patientId: string): Promise<unknown[]> =>
  on.dataSource.query('SELECT * FROM glucose_days WHERE patient_id = $1 ORDER BY day', [patientId]);

describe('ingest', () => {
  it('accepts what is new, knows a resend, and keeps the first of two reports', async () => {
    const patient = await on.newPatient();
    const rows = [mgdl('2026-06-01T10:00:00Z', 100), mgdl('2026-06-01T10:05:00Z', 110)];
    await expect(on.readings.ingest(patient, 'a', rows)).resolves.toEqual({ accepted: 2, known: 0, rejected: [] });
    await expect(on.readings.ingest(patient, 'a', rows)).resolves.toEqual({ accepted: 0, known: 2, rejected: [] });
    const result = await on.readings.ingest(patient, 'a', [mgdl('2026-06-01T10:05:00Z', 111)]);
    expect(result).toMatchObject({ accepted: 0, known: 0, rejected: [{ index: 0, code: 'CONFLICT' }] });
    expect(await stored(patient)).toEqual({ '2026-06-01': [1000, 1100] });
  });

  it('keeps the first of two reports within one request', async () => {
    const patient = await on.newPatient();
    const result = await on.readings.ingest(patient, 'a', [
      mgdl('2026-06-01T10:00:00Z', 100),
      mgdl('2026-06-01T10:00:00Z', 100),
      mgdl('2026-06-01T10:00:00Z', 101),
    ]);
    expect(result).toMatchObject({ accepted: 1, known: 1, rejected: [{ index: 2, code: 'CONFLICT' }] });
  });

  it('appends single readings with the result of a batch', async () => {
    const one = await on.newPatient('Europe/Berlin');
    const many = await on.newPatient('Europe/Berlin');
    const rows = [...fiveMinutes('2026-06-01T21:00:00Z', 40), mmol('2026-06-02T00:25:00Z', 3.8)];
    for (const row of rows) await on.readings.ingest(one, 'a', [row]);
    await on.readings.ingest(many, 'a', rows);
    const [a, b] = await Promise.all([dayRows(one), dayRows(many)]);
    expect(a.length).toBe(2);
    expect(JSON.stringify(a).replaceAll(one, many)).toBe(JSON.stringify(b));
  });

  it.each([
    ['2026-06-15T12:10:00Z', null],
    ['2026-06-15T12:10:01Z', 'AHEAD_OF_TIME'],
    ['1961-03-01T00:00:00Z', null],
    ['1899-12-31T23:59:59Z', 'BEFORE_1900'],
  ])('judges a reading stamped %s as %s', async (at, code) => {
    const { rejected } = await on.readings.ingest(await on.newPatient(), 'a', [mgdl(at, 100)]);
    expect(rejected.map((row) => row.code)).toEqual(code ? [code] : []);
  });

  it('counts what was stamped ahead of time', async () => {
    const patient = await on.newPatient();
    await on.readings.ingest(patient, 'a', [mgdl('2026-06-16T00:00:00Z', 100), mgdl('2026-06-17T00:00:00Z', 100)]);
    const state = await on.dataSource.query('SELECT rejected_ahead FROM patient_ingest WHERE patient_id = $1', [
      patient,
    ]);
    expect(state).toEqual([{ rejected_ahead: 2 }]);
  });

  it.each([
    [mgdl('2026-06-01T10:00:00Z', 10), null],
    [mgdl('2026-06-01T10:00:00Z', 9.9), 'OUT_OF_RANGE'],
    [mgdl('2026-06-01T10:00:00Z', 1000), null],
    [mgdl('2026-06-01T10:00:00Z', 1000.1), 'OUT_OF_RANGE'],
    [mmol('2026-06-01T10:00:00Z', 0.6), null],
    [mmol('2026-06-01T10:00:00Z', 0.5), 'OUT_OF_RANGE'],
    [mmol('2026-06-01T10:00:00Z', 55), null],
    [mmol('2026-06-01T10:00:00Z', 55.1), 'OUT_OF_RANGE'],
  ])('judges %p as %s', async (row, code) => {
    const { rejected } = await on.readings.ingest(await on.newPatient(), 'a', [row]);
    expect(rejected.map((fault) => fault.code)).toEqual(code ? [code] : []);
  });

  it('keeps fingersticks and calibrations out of the day', async () => {
    const patient = await on.newPatient();
    await on.readings.ingest(patient, 'a', [
      mgdl('2026-06-01T10:00:00Z', 100),
      mgdl('2026-06-01T10:20:00Z', 200, { kind: 'fingerstick' }),
      mgdl('2026-06-01T10:40:00Z', 300, { kind: 'calibration' }),
    ]);
    expect(await stored(patient)).toEqual({ '2026-06-01': [1000] });
  });

  it('prefers no later reading of a second device within the sampling interval', async () => {
    const patient = await on.newPatient();
    await on.readings.ingest(patient, 'a', fiveMinutes('2026-06-01T10:00:00Z', 4));
    await on.readings.ingest(patient, 'b', fiveMinutes('2026-06-01T10:02:00Z', 4, 200));
    expect(await stored(patient)).toEqual({ '2026-06-01': [1000, 1010, 1020, 1030] });
    expect((await on.days.lastSamples([patient])).get(patient)).toEqual({
      instant: Date.parse('2026-06-01T10:15:00Z') / 1000,
      tenths: 1030,
      flags: 0,
    });
  });

  it('puts a reading on the local day of its zone', async () => {
    const patient = await on.newPatient('America/New_York');
    await on.readings.ingest(patient, 'a', [mgdl('2026-06-02T03:59:59Z', 100), mgdl('2026-06-02T04:00:00Z', 110)]);
    expect(Object.keys(await stored(patient))).toEqual(['2026-06-01', '2026-06-02']);
    expect(await on.days.daysOf(patient, parseIsoDay('2026-06-02'), parseIsoDay('2026-06-02'))).toHaveLength(1);
  });
});
