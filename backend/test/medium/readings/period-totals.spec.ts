import { parseIsoDay } from '../../../src/domain/time/zone.js';
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
});
