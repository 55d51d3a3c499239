import * as fc from 'fast-check';
import { glucoseReport } from '../../../src/domain/glycemia/report.js';
import { MGDL_PER_MMOLL } from '../../../src/domain/glycemia/units.js';
import { DAY, daysFromMonday, MONDAY, repeat, seriesOf, wave } from './series.js';

const metricsOf = (values: ReadonlyArray<number | null>, days = 14) =>
  glucoseReport(seriesOf(values), daysFromMonday(days)).metrics;

describe('a period without readings', () => {
  const { metrics, coverage, episodes, reasons } = glucoseReport(seriesOf([]), daysFromMonday(14));

  it('has no metric at all and says why for each', () => {
    expect(Object.values(metrics).every((value) => value === null)).toBe(true);
    expect(new Set(Object.keys(reasons))).toEqual(new Set([...Object.keys(metrics), 'episodes']));
    expect(new Set(Object.values(reasons))).toEqual(new Set(['no readings in the period']));
  });

  it('is not sufficient', () => {
    expect(coverage).toEqual({ activePercent: 0, days: 0, readings: 0, sufficient: false });
    expect(episodes).toEqual({ summary: [], list: [] });
  });
});

it('gives a reason for every null and for nothing else, however little there is', () => {
  const someReadings = fc.array(fc.option(fc.integer({ min: 40, max: 400 })), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(someReadings, (values) => {
      const { metrics, reasons } = glucoseReport(seriesOf(values), daysFromMonday(2));
      for (const [name, value] of Object.entries(metrics)) {
        expect({ name, hasReason: name in reasons }).toEqual({ name, hasReason: value === null });
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});

describe('GMI', () => {
  it.each([
    { days: 14, worn: 1, gmi: true },
    { days: 10, worn: 1, gmi: true },
    { days: 9, worn: 1, gmi: false },
    { days: 14, worn: 0.71, gmi: true },
    { days: 14, worn: 0.69, gmi: false },
  ])('is told for $days days worn $worn: $gmi', ({ days, worn, gmi }) => {
    const values = wave(days).map((mgdl, i) => ((i * 7919) % 1000 < worn * 1000 ? mgdl : null));
    const everyThousandth = values.filter((value) => value !== null).length / values.length;
    const { metrics, reasons } = glucoseReport(seriesOf(values), daysFromMonday(days));
    expect(everyThousandth).toBeCloseTo(worn, 2);
    expect(metrics.gmi !== null).toBe(gmi);
    expect('gmi' in reasons).toBe(!gmi);
  });

  it('is 3.31 + 0.02392 x mean', () => {
    expect(metricsOf(repeat(150, 14 * 288)).gmi).toBeCloseTo(6.898, 12);
  });
});

describe('the glycaemia risk index', () => {
  const quarter = (mgdl: number) => repeat(mgdl, 72);

  it('weighs the exclusive bands', () => {
    // 5 % of each outer band of a day: 3 x 5 + 2.4 x 5 + 0.8 x 5 + 1.6 x 5.
    const values = [...repeat(50, 5), ...repeat(60, 5), ...repeat(120, 80), ...repeat(200, 5), ...repeat(300, 5)];
    const { metrics } = glucoseReport(seriesOf(values), daysFromMonday(1));
    expect(metrics).toMatchObject({ griHypo: 9, griHyper: 7.5, griZone: 'B' });
    expect(metrics.gri).toBeCloseTo(39, 12);
  });

  it('is capped at 100', () => {
    expect(metricsOf([...quarter(45), ...quarter(45), ...quarter(300)])).toMatchObject({ gri: 100, griZone: 'E' });
  });

  it('is not told for a pregnancy', () => {
    const { metrics, reasons } = glucoseReport(seriesOf(wave(14)), daysFromMonday(14, 'pregnancy-t1'));
    expect(metrics).toMatchObject({ gri: null, griZone: null });
    expect(reasons['gri']).toMatch(/70 to 180/);
  });
});

it('measures the range of the preset', () => {
  const series = seriesOf([...repeat(65, 72), ...repeat(100, 72), ...repeat(160, 72), ...repeat(200, 72)]);
  const of = (preset: 'adult' | 'pregnancy-t1') => glucoseReport(series, daysFromMonday(1, preset)).metrics;
  expect(of('adult')).toMatchObject({ timeInRange: 50, timeBelowRange: 25, timeAboveRange: 25 });
  expect(of('pregnancy-t1')).toMatchObject({ timeInRange: 50, timeBelowRange: 0, timeAboveRange: 50 });
});

it('judges mmol/L where it was reported and averages it in mg/dL', () => {
  const series = seriesOf([...repeat(10, 144), ...repeat(13.9, 144)], { unit: 'mmol/L' });
  const { metrics } = glucoseReport(series, daysFromMonday(1));
  expect(metrics).toMatchObject({ timeInRange: 50, timeAbove180: 50, timeAbove250: 0 });
  expect(metrics.mean).toBeCloseTo(11.95 * MGDL_PER_MMOLL, 10);
});

describe('coverage', () => {
  const covered = (values: ReadonlyArray<number | null>, now: number) =>
    glucoseReport(seriesOf(values), { ...daysFromMonday(1), now }).coverage.activePercent;

  it('counts only time that has passed', () => {
    expect(covered(wave(1).slice(0, 144), MONDAY + DAY / 2)).toBe(100);
    expect(covered(wave(1).slice(0, 144), MONDAY + DAY)).toBe(50);
  });

  it('is not filled by holes', () => {
    const everyTenthMissing = wave(1).map((mgdl, i) => (i % 10 === 0 ? null : mgdl));
    expect(covered(everyTenthMissing, MONDAY + DAY)).toBeCloseTo(89.93, 2);
  });

  it('stays at 100 for a sensor that is a little early', () => {
    const series = seriesOf(wave(1).concat(120), { stepMinutes: 4.98 });
    expect(glucoseReport(series, daysFromMonday(1)).coverage.activePercent).toBeLessThanOrEqual(100);
  });

  it('asks for 14 days', () => {
    const sufficient = (days: number) => glucoseReport(seriesOf(wave(days)), daysFromMonday(days)).coverage.sufficient;
    expect([sufficient(13), sufficient(14)]).toEqual([false, true]);
  });
});

it('ignores readings outside the period', () => {
  const series = seriesOf(wave(3));
  const oneDay = { ...daysFromMonday(1), from: MONDAY + DAY, to: MONDAY + 2 * DAY };
  expect(glucoseReport(series, oneDay).coverage).toMatchObject({ readings: 288, days: 1, activePercent: 100 });
});

it('does not depend on how often equal values are shuffled in time, where order has no part', () => {
  const values = fc.array(fc.integer({ min: 40, max: 400 }), { minLength: 2, maxLength: 200 });
  const ORDERLESS = ['mean', 'sd', 'median', 'iqr', 'mad', 'lbgi', 'hbgi', 'grade', 'mValue', 'cogi', 'gri'] as const;
  fc.assert(
    fc.property(values, (original) => {
      const shuffled = original.toReversed();
      const [before, after] = [metricsOf(original), metricsOf(shuffled)];
      for (const name of ORDERLESS) expect(after[name]).toBe(before[name]);
    }),
    { numRuns: 30 },
  );
});

it('has GRADE shares that add up to 100', () => {
  const { gradeHypo, gradeEu, gradeHyper } = metricsOf(wave(14, 120, 70));
  expect((gradeHypo ?? 0) + (gradeEu ?? 0) + (gradeHyper ?? 0)).toBeCloseTo(100, 10);
});

it('follows the zone of each day when a person moves', () => {
  // Ten hours ahead from the third day on: the fourth local day begins ten hours earlier.
  const moved = MONDAY + 2 * DAY;
  const history = [
    { from: 0, zone: 'UTC' },
    { from: moved, zone: 'Australia/Brisbane' },
  ] as const;
  const report = glucoseReport(seriesOf(wave(4)), { ...daysFromMonday(4), history });
  expect(report.coverage).toMatchObject({ readings: 4 * 288, days: 5, activePercent: 100 });
});
