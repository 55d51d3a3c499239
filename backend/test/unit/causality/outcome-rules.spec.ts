import type { DailyGrid } from '../../../src/domain/causality/daily-grid.js';
import { dayItems, type DayItems } from '../../../src/domain/causality/day-items.js';
import { outcomeRules } from '../../../src/domain/causality/outcome-rules.js';
import { Random } from '../../../src/domain/simulator/random.js';

/** Days with exercise now and then; lows come more easily after it by `effect`. */
function days(seed: number, effect: number, count = 120): DayItems[] {
  const random = Random.seeded(seed, 5);
  let habit = 0;
  let glucose = 0;
  return Array.from({ length: count }, (_, day) => {
    habit = 0.5 * habit + random.normal();
    glucose = 0.5 * glucose + random.normal();
    const isActive = habit > 0.3;
    const sleep = random.chance(1 / 3) ? ['sleep=little'] : random.chance(1 / 2) ? ['sleep=much'] : [];
    const isLow = glucose + (isActive ? effect : 0) > 1.1;
    const outcomes = [...(isLow ? ['timeBelow70>=4'] : []), ...(glucose < -0.5 ? ['timeInRange<70'] : [])];
    return {
      day,
      conditions: [isActive ? 'exercise=yes' : 'exercise=no', ...sleep],
      unknown: [],
      outcomes: random.chance(0.05) ? null : outcomes,
    };
  });
}

const rulesOf = (seed: number, effect: number) => {
  const answer = outcomeRules(days(seed, effect));
  return answer.status === 'done' ? answer.rules : [];
};
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

it('keeps a rule for one of twenty people at most where nothing goes with glucose', () => {
  const people = seeds.filter((seed) => rulesOf(seed, 0).length > 0).length;
  console.log(`outcome rules, null test: ${people} of ${seeds.length} people with a false rule; stated: 5 %`);
  expect(people).toBeLessThanOrEqual(15);
});

it('keeps the rule that is there, with shares of days it was not found in', () => {
  const found = seeds.flatMap((seed) =>
    rulesOf(seed, 1.5).filter(
      ({ learned }) => `${learned.antecedents.join()}>${learned.consequents.join()}` === 'exercise=yes>timeBelow70>=4',
    ),
  );
  expect(found.length).toBeGreaterThan(0.75 * seeds.length);
  for (const { tested } of found) {
    expect(tested.difference.value).toBeCloseTo(tested.shareWith - tested.shareWithout, 12);
    expect(tested.difference.low).toBeGreaterThan(-0.1);
  }
});

it('has only outcomes after the arrow and only conditions before it', () => {
  for (const { learned } of seeds.slice(0, 40).flatMap((seed) => rulesOf(seed, 2.5))) {
    expect(learned.consequents).toHaveLength(1);
    expect(learned.consequents[0]).toMatch(/^time/);
    expect(learned.antecedents.some((item) => item.startsWith('time'))).toBe(false);
  }
});

it('says how many days it would need', () => {
  expect(outcomeRules(days(1, 1, 30))).toMatchObject({ status: 'too-little-data' });
  expect(outcomeRules([])).toEqual({
    status: 'too-little-data',
    missing: ['0 days with glucose, about 50 are needed'],
  });
});

it('names the days by the person’s own thirds, carbohydrate and insulin from the day before', () => {
  const grid: DailyGrid = {
    firstDay: 100,
    names: ['timeInRange', 'timeBelow70', 'carbs', 'exercise', 'sleep'],
    columns: [
      [80, 60, NaN, 75],
      [1, 5, NaN, 4],
      [100, 200, 300, NaN],
      [0, 30, NaN, 0],
      [5, 7, 9, NaN],
    ].map((column) => Float64Array.from(column)),
  };
  expect(dayItems(grid)).toEqual([
    {
      day: 100,
      conditions: ['sleep=little', 'exercise=no'],
      unknown: ['carbs the day before', 'insulin the day before'],
      outcomes: [],
    },
    {
      day: 101,
      conditions: ['carbs the day before=little', 'exercise=yes'],
      unknown: ['insulin the day before'],
      outcomes: ['timeBelow70>=4', 'timeInRange<70'],
    },
    { day: 102, conditions: ['sleep=much'], unknown: ['insulin the day before', 'exercise'], outcomes: null },
    {
      day: 103,
      conditions: ['carbs the day before=much', 'exercise=no'],
      unknown: ['sleep', 'insulin the day before'],
      outcomes: ['timeBelow70>=4'],
    },
  ]);
});

it('takes no day for one without exercise on which nobody knows of it', () => {
  // Everything is noted in every other fortnight; unknown days have more lows than either kind.
  const withGaps = (isLow: (day: number) => boolean) =>
    days(7, 2.5, 200).map((day): DayItems => {
      if (day.day % 28 < 14) return day;
      return {
        ...day,
        conditions: [],
        unknown: ['exercise', 'sleep'],
        outcomes: isLow(day.day) ? ['timeBelow70>=4'] : [],
      };
    });
  const testedOf = (known: DayItems[]) => {
    const answer = outcomeRules(known);
    if (answer.status !== 'done') throw new Error(answer.missing.join());
    return answer.rules.find(({ learned }) => learned.antecedents.join() === 'exercise=yes')?.tested;
  };
  const [seldom, often] = [testedOf(withGaps((day) => day % 28 === 20)), testedOf(withGaps((day) => day % 2 === 0))];
  expect(seldom!.days).toBeLessThan(60);
  expect(often!.shareWithout).toBe(seldom!.shareWithout);
  expect(often!.days).toBe(seldom!.days);
});
