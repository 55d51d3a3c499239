import type { DailyGrid } from '../../../src/domain/causality/daily-grid.js';
import { dailyFindings } from '../../../src/domain/causality/daily-findings.js';
import { dailyFinding } from '../../../src/domain/causality/finding-words.js';
import { madeUpDays } from './people.js';

function gridOf(days: number, exerciseEffect: number): DailyGrid {
  const { columns } = madeUpDays({ days, exerciseEffect, seed: 12 });
  // The made-up week begins with a Monday, as the week of 2024-01-01 does.
  return { firstDay: 19_723, names: ['meanGlucose', 'carbs', 'insulin', 'exercise', 'sleep'], columns };
}

it('says in words what goes with what, by how much and how sure, and how to try it', () => {
  const answer = dailyFindings(gridOf(120, -20));
  if (answer.status !== 'done') throw new Error(answer.missing.join());
  const [finding] = answer.findings;
  expect(finding).toMatchObject({
    exposure: 'exercise',
    outcome: 'meanGlucose',
    lag: 0,
    per: { amount: 30, unit: 'minutes' },
  });
  expect(finding?.effect.unit).toBe('mg/dL');
  expect(finding?.effect.low).toBeLessThan(-20);
  expect(finding?.effect.high).toBeGreaterThan(-20);
  expect(finding?.text).toMatch(
    /^On days with 30 minutes more exercise, mean glucose was \{difference:[\d.]+\} lower \(95 % interval \{change:-[\d.]+\} to \{change:-[\d.]+\}\)/,
  );
  expect(finding?.text).toMatch(/no advice on any dose\.$/);
  expect(finding?.trial?.text).toContain('let a coin decide');
  expect(finding?.trial?.daysOfEachKind).toBeGreaterThanOrEqual(7);
  // Time in range is not among these columns, and that is told.
  expect(answer.setAside).toHaveProperty('timeInRange');
});

it('tells how far it is after every resample of every link, and ends at all of it', () => {
  const grid = gridOf(120, -20);
  const { columns } = grid;
  // Insulin goes before lower glucose as well, so that two links are resampled one after the other.
  const led = columns[0]?.map((value, day) => value - 6 * ((columns[2]?.[day - 1] ?? 40) - 40)) ?? new Float64Array();
  const told: number[] = [];
  const answer = dailyFindings(
    { ...grid, columns: [led, ...columns.slice(1)] },
    { resamples: 40, onProgress: (part) => told.push(part) },
  );
  if (answer.status !== 'done') throw new Error(answer.missing.join());
  const links = told.length / 40;
  expect(links).toBeGreaterThanOrEqual(Math.max(2, answer.findings.length));
  for (const [index, part] of told.entries()) expect(part).toBeCloseTo((index + 1) / told.length, 12);
  // Looking on changes nothing of the answer.
  expect(dailyFindings({ ...grid, columns: [led, ...columns.slice(1)] }, { resamples: 40 })).toEqual(answer);
});

it('never offers a trial with insulin and never calls a self-link a finding', () => {
  for (let seed = 0; seed < 30; seed++) {
    const { columns } = madeUpDays({ days: 90, exerciseEffect: 0, seed });
    // Insulin is made to lead glucose by a day.
    const led = columns[0]?.map((value, day) => value - 6 * ((columns[2]?.[day - 1] ?? 40) - 40)) ?? new Float64Array();
    const grid: DailyGrid = { ...gridOf(90, 0), columns: [led, ...columns.slice(1)] };
    const answer = dailyFindings(grid, { seed, resamples: 5 });
    if (answer.status !== 'done') throw new Error(answer.missing.join());
    for (const finding of answer.findings) {
      expect(finding.exposure).not.toBe(finding.outcome);
      if (finding.exposure === 'insulin') expect(finding).toMatchObject({ trial: null, lag: expect.any(Number) });
      if (finding.exposure === 'insulin') expect(finding.lag).toBeGreaterThan(0);
    }
    expect(answer.findings.some(({ exposure }) => exposure === 'insulin')).toBe(true);
  }
});

it('answers what is missing', () => {
  expect(dailyFindings(gridOf(20, -20))).toMatchObject({ status: 'too-little-data' });
  const silent = { ...gridOf(60, 0) };
  const columns = silent.columns.map((column, index) => (index === 0 ? column : new Float64Array(60).fill(Number.NaN)));
  expect(dailyFindings({ ...silent, columns })).toEqual({
    status: 'too-little-data',
    missing: ['no meal, dose, exercise or sleep was noted'],
  });
});

const found = (exposure: string, lag: number, slope: number, outcomeSd: number) => {
  const stability = { resamples: 200, sameSign: 1, reappears: 1 };
  const effect = { slope, low: slope, high: slope, correlation: 0.5, p: 0, samples: 100, outcomeSd, stability };
  return dailyFinding({ exposure, outcome: 'meanGlucose', lag, adjustedP: 0, effect })?.trial;
};

it.each([
  ['exercise', 0, 'compare mean glucose of these days between'],
  ['exercise', 1, 'compare mean glucose of the day after each between'],
  ['carbs', 2, 'compare mean glucose of the day 2 days after each between'],
  // The night that a coin in the afternoon decides is the sleep of the next day.
  ['sleep', 0, 'compare mean glucose of the day after each between'],
  ['sleep', 1, 'compare mean glucose of the day 2 days after each between'],
])('says of a trial with %s, %i days before, which days are compared', (exposure, lag, words) => {
  expect(found(exposure, lag, -1, 20)?.text).toContain(words);
});

it('plans a trial by what days differ by, as few days know it', () => {
  // 17 of each kind for a difference of one standard deviation: tables of the t test at 5 % with power 80 %.
  expect(found('exercise', 0, -20 / 30, 20)?.daysOfEachKind).toBe(17);
  expect(found('exercise', 0, -10 / 30, 20)?.daysOfEachKind).toBe(64);
});
