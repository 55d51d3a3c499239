import { freshnessOf, trendMgdlPerMinute } from '../../../src/domain/glycemia/freshness.js';
import { judgeGoals } from '../../../src/domain/glycemia/goals.js';
import { griZone } from '../../../src/domain/glycemia/risk.js';
import { sufficiencyLevel } from '../../../src/domain/glycemia/sufficiency.js';
import { type GoalCode, TARGETS } from '../../../src/domain/glycemia/targets.js';
import { seriesOf } from './series.js';

it.each([
  { minutes: 0, freshness: 'current' },
  { minutes: 6.99, freshness: 'current' },
  { minutes: 7, freshness: 'delayed' },
  { minutes: 15, freshness: 'delayed' },
  { minutes: 15.1, freshness: 'stale' },
  { minutes: 30, freshness: 'stale' },
  { minutes: 30.1, freshness: 'lost' },
])('calls a reading of $minutes minutes $freshness', ({ minutes, freshness }) => {
  expect(freshnessOf(minutes * 60)).toBe(freshness);
});

it.each([
  { name: 'a steady rise', values: [100, 110, 120, 130], trend: 2 },
  { name: 'a fall, whatever happened before', values: [300, 300, 120, 115, 110, 105], trend: -1 },
  { name: 'too short', values: [100, 110], trend: null },
  { name: 'one reading', values: [100], trend: null },
  { name: 'none', values: [], trend: null },
])('finds the trend of $name', ({ values, trend }) => {
  const found = trendMgdlPerMinute(seriesOf(values));
  if (trend === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(trend, 10);
});

describe('goals', () => {
  const nothing: Record<GoalCode, number | null> = {
    timeInRange: null,
    timeBelowRange: null,
    timeVeryLow: null,
    timeAboveRange: null,
    timeVeryHigh: null,
    cv: null,
    gmi: null,
    mean: null,
  };
  const met = (code: GoalCode, value: number | null, preset: 'adult' | 'older' = 'adult') =>
    judgeGoals(TARGETS[preset], { ...nothing, [code]: value }).find((goal) => goal.code === code)?.met;

  it.each([
    { code: 'timeInRange', value: 69.96, isMet: false },
    { code: 'timeInRange', value: 70, isMet: false },
    { code: 'timeInRange', value: 70.01, isMet: true },
    { code: 'timeVeryLow', value: 0.99, isMet: true },
    { code: 'timeVeryLow', value: 1, isMet: false },
    { code: 'cv', value: 36, isMet: true },
    { code: 'cv', value: 36.01, isMet: false },
    { code: 'gmi', value: null, isMet: null },
  ] as const)('judges $code of $value on the raw value: $isMet', ({ code, value, isMet }) => {
    expect(met(code, value)).toBe(isMet);
  });

  it('follow the preset', () => {
    expect(met('timeInRange', 55)).toBe(false);
    expect(met('timeInRange', 55, 'older')).toBe(true);
    expect(judgeGoals(TARGETS.gestational, nothing)).toEqual([]);
  });
});

it.each([
  [20, 'A'],
  [20.01, 'B'],
  [40, 'B'],
  [60, 'C'],
  [80, 'D'],
  [80.01, 'E'],
])('puts a risk index of %d into zone %s', (index, zone) => expect(griZone(index)).toBe(zone));

it.each([
  { days: 14, activePercent: 90, sufficient: true, level: 'sufficient' },
  { days: 9, activePercent: 64, sufficient: false, level: 'partial' },
  { days: 2, activePercent: 99, sufficient: false, level: 'insufficient' },
])('calls $days days at $activePercent % $level', ({ level, ...coverage }) => {
  expect(sufficiencyLevel({ readings: 100, ...coverage })).toBe(level);
});
