import { poolOf } from '../../../src/database/prepared.js';
import { parseIsoDay } from '../../../src/domain/time/zone.js';
import { DAYS_VERSION } from '../../../src/modules/readings/day-window.js';
import { PeriodTotalsRepository } from '../../../src/modules/readings/period-totals.repository.js';
import { mgdl, mmol, openReadings } from './setup.js';

let on: Awaited<ReturnType<typeof openReadings>>;
beforeAll(async () => {
  on = await openReadings();
});
afterAll(() => on.dataSource.destroy());

describe('totals of a panel', () => {
  it('adds up the days of each patient in its own window and leaves out who has none', async () => {
    const [first, second, silent] = [await on.newPatient(), await on.newPatient(), await on.newPatient()];
    await on.readings.ingest(first, 'a', [
      mgdl('2026-06-01T10:00:00Z', 50),
      mgdl('2026-06-02T10:00:00Z', 65),
      mgdl('2026-06-03T10:00:00Z', 251),
    ]);
    await on.readings.ingest(second, 'a', [mmol('2026-06-02T10:00:00Z', 10), mmol('2026-06-02T10:05:00Z', 10.1)]);
    const window = {
      firstDay: parseIsoDay('2026-06-01'),
      lastDay: parseIsoDay('2026-06-02'),
      version: null,
    };
    const totals = await new PeriodTotalsRepository(on.dataSource).of(
      [first, second, silent].map((patientId) => ({ patientId, ...window })),
    );

    expect(totals.get(first)).toEqual({
      days: 2,
      mgdlCount: 2,
      mgdlSumTenths: 1150,
      mgdlSumSqTenths: 500 ** 2 + 650 ** 2,
      mmolCount: 0,
      mmolSumTenths: 0,
      mmolSumSqTenths: 0,
      veryLow: 1,
      low: 1,
      inRange: 0,
      high: 0,
      veryHigh: 0,
      tight: 0,
      below63: 1,
      above140: 0,
      coveredSeconds: 600,
    });
    expect(totals.get(second)).toMatchObject({ days: 1, inRange: 1, high: 1, coveredSeconds: 600, mmolSumTenths: 201 });
    expect(totals.has(silent)).toBe(false);
  });

  it('are in the order of the windows however many there are', async () => {
    const patients: string[] = [];
    for (let i = 0; i < 7; i++) patients.push(await on.newPatient());
    for (const [i, patient] of patients.entries()) {
      if (i !== 3) await on.readings.ingest(patient, 'a', [mgdl('2026-06-02T10:00:00Z', 100 + i)]);
    }
    const day = parseIsoDay('2026-06-02');
    const windows = Array.from({ length: 600 }, (_, i) => ({
      patientId: patients[i % 7] ?? '',
      firstDay: day,
      lastDay: day,
      version: null,
    }));
    const totals = await new PeriodTotalsRepository(on.dataSource).of(windows);
    const sums = patients.map((patient) => totals.get(patient)?.mgdlSumTenths);
    expect(sums).toEqual([1000, 1010, 1020, undefined, 1040, 1050, 1060]);
  });

  it('are read once for what did not change, and anew after anything that can change a day', async () => {
    const patientId = await on.newPatient();
    const statements = jest.spyOn(poolOf(on.dataSource), 'query');
    const kept = new PeriodTotalsRepository(on.dataSource);
    const windowNow = async () => {
      const [row] = await on.dataSource.query<{ version: string }[]>(
        `SELECT ${DAYS_VERSION} AS version FROM patient_ingest i WHERE patient_id = $1`,
        [patientId],
      );
      const [firstDay, lastDay] = [parseIsoDay('2026-06-01'), parseIsoDay('2026-06-03')];
      return { patientId, firstDay, lastDay, version: row?.version ?? null };
    };
    /** What the repository that keeps says, what is stored, and whether it had to look. */
    const look = async () => {
      const window = await windowNow();
      statements.mockClear();
      const told = (await kept.of([window])).get(patientId);
      const looked = statements.mock.calls.length > 0;
      const stored = (await new PeriodTotalsRepository(on.dataSource).of([window])).get(patientId);
      expect(told).toEqual(stored);
      return { looked, readings: told?.mgdlCount };
    };

    const at = (minute: number) => mgdl(`2026-06-02T23:${minute}:00Z`, 100);
    await on.readings.ingest(patientId, 'a', [at(10), at(15), at(20)]);
    expect(await look()).toEqual({ looked: true, readings: 3 });
    expect(await look()).toEqual({ looked: false, readings: 3 });
    await on.readings.ingest(patientId, 'a', [at(25)]);
    expect(await look()).toEqual({ looked: true, readings: 4 });
    await on.readings.ingest(patientId, 'b', [mgdl('2026-06-02T23:26:00Z', 100), mgdl('2026-06-02T21:00:00Z', 60)]);
    expect(await look()).toEqual({ looked: true, readings: 5 });
    await on.sources.prioritise(patientId, { sources: [{ id: 2, priority: 1 }] });
    expect(await look()).toMatchObject({ looked: true });
    await on.zones.change(patientId, { validFrom: null, timeZone: 'Asia/Tokyo' });
    expect(await look()).toMatchObject({ looked: true });
    expect(await look()).toMatchObject({ looked: false });
    await on.dataSource.query('DELETE FROM glucose_days WHERE patient_id = $1', [patientId]);
    await on.rebuild.rebuildDays(patientId);
    expect(await look()).toMatchObject({ looked: true });
    await on.rebuild.rebuildPeriod(patientId, { first: parseIsoDay('2026-06-01'), last: parseIsoDay('2026-06-03') });
    expect(await look()).toMatchObject({ looked: true });
  });
});
