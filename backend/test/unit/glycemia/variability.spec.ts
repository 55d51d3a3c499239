import { glucoseGrid, type GlucoseGrid, gridStepMinutes } from '../../../src/domain/glycemia/grid.js';
import { mageOf } from '../../../src/domain/glycemia/mage.js';
import { roundHalfEven } from '../../../src/domain/glycemia/numeric.js';
import { offsetSpans } from '../../../src/domain/glycemia/offset-spans.js';
import {
  conga,
  dailyCv,
  gvp,
  hourlyAuc,
  labilityIndex,
  mag,
  modd,
  sdFamily,
} from '../../../src/domain/glycemia/variability.js';
import { localDay } from '../../../src/domain/time/zone.js';
import { DAY, inUtc, MONDAY, repeat, seriesOf } from './series.js';

const gridOf = (values: ReadonlyArray<number | null>, stepMinutes = 5, start = MONDAY, zone = 'UTC'): GlucoseGrid => {
  const series = seriesOf(values, { stepMinutes, start });
  const last = series.instants.at(-1) ?? start;
  const spans = offsetSpans([{ from: 0, zone }], start - DAY, last + 3 * DAY);
  const mgdl = inUtc(series).mgdl;
  return glucoseGrid({ instants: series.instants, mgdl }, spans, localDay(zone, start), stepMinutes);
};
const perHour = (values: readonly number[]): number[] => values.flatMap((value) => Array<number>(12).fill(value));

it.each([
  { median: 5, step: 5 },
  { median: 4.98, step: 5 },
  { median: 7, step: 5 },
  { median: 13, step: 15 },
  { median: 15, step: 15 },
  { median: 2.5, step: 2 },
  { median: 0.4, step: 1 },
  { median: 30, step: 30 },
  { median: 25, step: 20 },
])('takes a grid of $step minutes for a median step of $median', ({ median, step }) => {
  expect(gridStepMinutes(median)).toBe(step);
});

it.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-1.5, -2],
  [2.4999, 2],
])('rounds %d half to even: %d', (value, wanted) => expect(roundHalfEven(value)).toBe(wanted));

describe('the day grid', () => {
  it('joins readings up to 45 minutes apart and no further', () => {
    const across = (missing: number) => gridOf([100, ...repeat(null, missing), 190]).values[4];
    expect(across(8)).toBeCloseTo(100 + (5 / 9) * 90, 10);
    expect(across(9)).toBeNaN();
  });

  it('ends each day at 24:00, so a reading at midnight closes the day before', () => {
    const grid = gridOf(repeat(100, 289));
    expect(grid).toMatchObject({ slotsPerDay: 288, dayCount: 2 });
    expect(grid.values[287]).toBe(100);
    expect(grid.values[288]).toBeNaN();
  });

  it.each([
    { zone: 'America/New_York', day: '2024-03-10T05:00:00Z', missing: 12, first: 24 },
    { zone: 'Europe/Berlin', day: '2024-03-30T23:00:00Z', missing: 12, first: 24 },
  ])('leaves the hour empty that $zone skips in spring', ({ zone, day, missing, first }) => {
    const grid = gridOf(repeat(100, 276), 5, Date.parse(day) / 1000, zone);
    const empty = [...grid.values.subarray(0, 288)].flatMap((value, i) => (Number.isNaN(value) ? [i] : []));
    // 2:00 itself is skipped, 3:00 exists; the last slot, 24:00, lies after the last reading.
    expect(empty).toEqual([...Array.from({ length: missing }, (_, i) => first - 1 + i), 287]);
  });

  it.each([
    { zone: 'America/New_York', day: '2024-11-03T04:00:00Z' },
    { zone: 'Europe/Berlin', day: '2024-10-26T22:00:00Z' },
  ])('takes the first pass of the hour that $zone lives twice in autumn', ({ zone, day }) => {
    const start = Date.parse(day) / 1000;
    const rising = Array.from({ length: 300 }, (_, i) => 100 + i);
    const grid = gridOf(rising, 5, start, zone);
    const elapsed = [...grid.instants.subarray(0, 288)].map((instant) => (instant - start) / 300);
    const repeated = elapsed.findIndex((slot, i) => i > 0 && slot - (elapsed[i - 1] ?? 0) > 1);
    expect(elapsed[repeated] ?? 0).toBe((elapsed[repeated - 1] ?? 0) + 13);
    expect(elapsed.at(-1)).toBe(300);
  });
});

describe('by hand', () => {
  it('MODD: yesterday 100, today 130', () => {
    expect(modd(gridOf([...repeat(100, 288), ...repeat(130, 289)]))).toBeCloseTo((30 * 287 + 0) / 287, 0);
  });

  it('MAG: 2 mg/dL each 5 minutes are 24 mg/dL an hour', () => {
    expect(mag(gridOf(Array.from({ length: 100 }, (_, i) => 100 + 2 * i)))).toBeCloseTo(24, 10);
  });

  it('GVP: 12 mg/dL each 5 minutes is a 5-12-13 triangle', () => {
    expect(gvp(gridOf(Array.from({ length: 20 }, (_, i) => 100 + 12 * i)))).toBeCloseTo(160, 10);
  });

  it('CONGA: no spread where every hour rises alike', () => {
    expect(conga(gridOf(Array.from({ length: 100 }, (_, i) => 100 + i)), 1)).toBeCloseTo(0, 10);
  });

  it('AUC: a constant is its own hourly area, and days weigh alike', () => {
    expect(hourlyAuc(gridOf([...repeat(100, 288), ...repeat(200, 145)]))).toBeCloseTo((100.17 + 200) / 2, 1);
  });

  it('SD family: two flat days differ between, not within', () => {
    const sds = sdFamily(gridOf([...repeat(100, 289), ...repeat(130, 288)]));
    expect(sds).toMatchObject({ within: 0, ofProfile: 0, betweenDaysCorrected: 0 });
    expect(sds.ofDailyMeans).toBeCloseTo(30 / Math.sqrt(2), 10);
    expect(sds.betweenDays).toBeCloseTo(30 / Math.sqrt(2), 10);
  });

  it('daily CV: none where every day is flat', () => {
    expect(dailyCv(gridOf([...repeat(100, 289), ...repeat(130, 288)]))).toEqual({ mean: 0, sd: 0 });
  });
});

describe('the lability index', () => {
  it('squares the hourly change: 18.01559 mg/dL an hour to and fro is 1 mmol/L, 168 a week', () => {
    const hourly = Array.from({ length: 48 }, (_, hour) => (hour % 2 === 0 ? 100 : 118));
    // One rise or fall of 18 mg/dL each hour.
    expect(labilityIndex(gridOf(perHour(hourly)))).toBeCloseTo(168 * (18 / 18.01559) ** 2, 8);
  });

  it('is doubled fourfold by twice the change', () => {
    const of = (height: number) =>
      labilityIndex(gridOf(perHour(Array.from({ length: 48 }, (_, hour) => (hour % 2 === 0 ? 100 : 100 + height)))));
    expect(of(40) / of(20)).toBeCloseTo(4, 10);
  });

  it('needs 24 pairs', () => {
    expect(labilityIndex(gridOf(perHour(Array<number>(24).fill(100))))).toBeNaN();
    expect(labilityIndex(gridOf(perHour(Array<number>(26).fill(100))))).toBe(0);
  });
});

describe('MAGE', () => {
  /** Straight lines between turning points three hours apart. */
  const zigzag = (points: readonly number[]): number[] =>
    points.slice(1).flatMap((to, i) => {
      const from = points[i] ?? to;
      return Array.from({ length: 36 }, (_, k) => from + ((to - from) * k) / 36);
    });

  it('is the mean height of the swings beyond one SD', () => {
    const mage = mageOf(gridOf(zigzag([100, 200, 100, 200, 100, 200, 100, 200, 100])));
    // The ends of the trace cut its outermost swings; those inside are 100 high.
    expect(mage.plus).toBeGreaterThan(95);
    expect(mage.plus).toBeLessThanOrEqual(100);
    expect(mage.minus).toBeCloseTo(99.3, 10);
  });

  it('does not see ripples below one SD', () => {
    const rippled = zigzag([100, 200, 100, 200, 100, 200, 100]).map((mgdl, i) => mgdl + (i % 2));
    expect(mageOf(gridOf(rippled)).average).toBeCloseTo(100, -1);
  });

  it('is absent for a flat trace and for one shorter than the long average', () => {
    expect(mageOf(gridOf(repeat(100, 288))).average).toBeNaN();
    expect(mageOf(gridOf(zigzag([100, 200]).slice(0, 31))).average).toBeNaN();
  });
});
