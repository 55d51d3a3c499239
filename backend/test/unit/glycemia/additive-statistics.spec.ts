import * as fc from 'fast-check';
import {
  addStatistics,
  type AdditiveStatistics,
  metricsFromDayStatistics,
  summaryOf,
} from '../../../src/domain/glycemia/additive-statistics.js';
import { dayTotals } from '../../../src/domain/glycemia/day-totals.js';
import { glucoseReport } from '../../../src/domain/glycemia/report.js';
import type { GlucoseSeries } from '../../../src/domain/glycemia/series.js';
import { TARGET_PRESETS } from '../../../src/domain/glycemia/targets.js';
import { timelineOf } from '../../../src/domain/glycemia/timeline.js';
import { FLAG_MMOL } from '../../../src/domain/glycemia/units.js';
import { startOfDay } from '../../../src/domain/time/zone.js';
import { DAY, daysFromMonday, inUtc, joined, MONDAY, repeat, seriesOf, wave } from './series.js';

/** The rows that are stored of a series: one for each local day. */
function rowsOf(series: GlucoseSeries, zone = 'UTC'): AdditiveStatistics[] {
  return timelineOf(series, [{ from: 0, zone }]).days.map(({ start, end, coveredSeconds }) => {
    const day = {
      instants: series.instants.subarray(start, end),
      tenths: series.tenths.subarray(start, end),
      flags: series.flags.subarray(start, end),
    };
    return { ...dayTotals(day), coveredSeconds };
  });
}

const SUMMARISED = [
  'mean',
  'sd',
  'cv',
  'gmi',
  'timeBelow54',
  'timeBelow70',
  'timeInRange',
  'timeInTightRange',
] as const;
const MORE = ['timeBelowRange', 'timeAboveRange', 'timeAbove180', 'timeAbove250', 'gri'] as const;

function expectSame(value: number | null, wanted: number | null): void {
  if (value === null || wanted === null) expect(value).toBe(wanted);
  else expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9);
}

const mixedUnits = joined(
  seriesOf(wave(7).concat(wave(1, 60, 20))),
  seriesOf(
    wave(6).map((mgdl) => mgdl / 18),
    { start: MONDAY + 8 * DAY, unit: 'mmol/L' },
  ),
);

describe.each(TARGET_PRESETS)('added-up days of the preset %s', (preset) => {
  it.each([
    { name: 'a full fortnight', series: seriesOf(wave(14)), days: 14 },
    { name: 'both units', series: mixedUnits, days: 14 },
    { name: 'half worn', series: seriesOf(wave(14).map((mgdl, i) => (i % 576 < 300 ? mgdl : null))), days: 14 },
    { name: 'a constant', series: seriesOf(repeat(100, 14 * 288)), days: 14 },
    { name: 'one reading', series: seriesOf([100]), days: 14 },
    { name: 'nothing', series: seriesOf([]), days: 14 },
  ])('equal the full report: $name', ({ series, days }) => {
    const { metrics, coverage } = glucoseReport(series, daysFromMonday(days, preset));
    const summary = metricsFromDayStatistics(rowsOf(series), { preset, elapsedSeconds: days * DAY, daysSpanned: days });
    for (const name of [...SUMMARISED, ...MORE]) expectSame(summary.metrics[name], metrics[name]);
    expectSame(summary.coverage.activePercent, coverage.activePercent);
    expect(summary.coverage).toEqual({ ...coverage, activePercent: summary.coverage.activePercent });
  });
});

it('equals the full report over days of 23 and 25 hours', () => {
  const zone = 'Europe/Berlin';
  for (const iso of ['2024-03-25', '2024-10-21']) {
    const day = Date.parse(iso) / 1000 / DAY;
    const from = startOfDay(zone, day);
    const to = startOfDay(zone, day + 14);
    const series = seriesOf(wave(15), { start: from });
    const period = { from, to, now: to };
    const report = glucoseReport(series, { history: [{ from: 0, zone }], preset: 'adult', ...period });
    const within = rowsOf(series, zone).slice(0, 14);
    const summary = metricsFromDayStatistics(within, { preset: 'adult', elapsedSeconds: to - from, daysSpanned: 14 });
    expect(report.coverage).toMatchObject({ activePercent: 100, days: 14, sufficient: true });
    expect(summary.coverage).toEqual(report.coverage);
    expectSame(summary.metrics.sd, report.metrics.sd);
  }
});

it('has an SD of exactly zero for a constant, which sums of squares would blur', () => {
  const rows = rowsOf(seriesOf(repeat(5.5, 14 * 288), { unit: 'mmol/L' }));
  const { metrics } = metricsFromDayStatistics(rows, { preset: 'adult', elapsedSeconds: 14 * DAY, daysSpanned: 14 });
  expect(metrics.sd).toBe(0);
});

it('gives the same whatever the order of the days, and for sums made by a database', () => {
  const reading = fc.record({ tenths: fc.integer({ min: 20, max: 4_000 }), flags: fc.constantFrom(0, FLAG_MMOL) });
  const days = fc.array(fc.array(reading, { minLength: 1, maxLength: 50 }), { minLength: 1, maxLength: 10 });
  const period = { preset: 'adult', elapsedSeconds: 10 * DAY, daysSpanned: 10 } as const;
  fc.assert(
    fc.property(days, (samples) => {
      const rows = samples.map((day) => ({
        ...dayTotals({
          instants: Float64Array.from(day, (_, i) => MONDAY + i * 300),
          tenths: Int16Array.from(day, ({ tenths }) => tenths),
          flags: Uint8Array.from(day, ({ flags }) => flags),
        }),
        coveredSeconds: day.length * 300,
      }));
      const summary = metricsFromDayStatistics(rows, period);
      expect(metricsFromDayStatistics(rows.toReversed(), period)).toEqual(summary);
      expect(summaryOf(addStatistics(rows), rows.length, period)).toEqual(summary);
    }),
  );
});

it('tells the day of one sensor from that of another', () => {
  const fiveMinutes = seriesOf(wave(7));
  const fifteenMinutes = seriesOf(
    wave(7).filter((_, i) => i % 3 === 0),
    { start: MONDAY + 7 * DAY, stepMinutes: 15 },
  );
  const series = joined(fiveMinutes, fifteenMinutes);
  expect(glucoseReport(series, daysFromMonday(14)).coverage.activePercent).toBe(100);
  expect(inUtc(series).days.map((day) => day.intervalSeconds)).toEqual([...repeat(300, 7), ...repeat(900, 7)]);
});

it('has no share of a band that the preset merges', () => {
  const of = (preset: 'adult' | 'older' | 'pregnancy-t1') =>
    metricsFromDayStatistics(rowsOf(seriesOf(wave(14))), { preset, elapsedSeconds: 14 * DAY, daysSpanned: 14 }).metrics;
  expect(of('adult')).toMatchObject({ timeVeryLow: 0, timeVeryHigh: 0 });
  expect(of('older')).toMatchObject({ timeVeryLow: null, timeVeryHigh: 0 });
  expect(of('pregnancy-t1')).toMatchObject({ timeVeryLow: 0, timeVeryHigh: null });
});
