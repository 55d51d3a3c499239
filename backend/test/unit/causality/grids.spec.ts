import { dailyGrid, type DailyVariable } from '../../../src/domain/causality/daily-grid.js';
import { hourlyGrid, type HourlyVariable } from '../../../src/domain/causality/hourly-grid.js';
import type { PersonHistory } from '../../../src/domain/causality/person-history.js';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { instantsOfWallClock, parseIsoDay, SECONDS_PER_DAY } from '../../../src/domain/time/zone.js';
import { repeat, seriesOf } from '../glycemia/series.js';

const BERLIN = 'Europe/Berlin';
const at = (day: string, clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return instantsOfWallClock(BERLIN, parseIsoDay(day) * SECONDS_PER_DAY + hour * 3600 + minute * 60)[0] ?? Number.NaN;
};

const nobody: PersonHistory = {
  zones: alwaysIn(BERLIN),
  glucose: seriesOf([]),
  doses: [],
  meals: [],
  activities: [],
  sleep: [],
};

const session = (day: string, minutes: number) => ({ from: at(day, '18:00'), until: at(day, '18:00') + minutes * 60 });
const meal = (day: string, clock: string, carbsGrams: number | null) => ({ instant: at(day, clock), carbsGrams });

function daily(history: Partial<PersonHistory>, first: string, last: string) {
  const grid = dailyGrid({ ...nobody, ...history }, parseIsoDay(first), parseIsoDay(last));
  return (name: DailyVariable) => [...(grid.columns[grid.names.indexOf(name)] ?? [])];
}

describe('daily grid', () => {
  it('calls a day without exercise zero while the log was kept, and unknown outside of it or without any data', () => {
    const exercise = daily(
      {
        activities: [session('2024-01-03', 40), session('2024-01-07', 30), session('2024-01-07', 15)],
        // No data at all on the 5th.
        meals: ['01', '02', '03', '04', '06', '07', '08'].map((day) => meal(`2024-01-${day}`, '12:00', 50)),
      },
      '2024-01-01',
      '2024-01-09',
    )('exercise');
    expect(exercise).toEqual([NaN, NaN, 40, 0, NaN, 0, 45, NaN, NaN]);
  });

  it('does not take a fortnight of silence for rest', () => {
    const meals = Array.from({ length: 20 }, (_, day) =>
      meal(`2024-01-${String(day + 1).padStart(2, '0')}`, '12:00', 50),
    );
    const activities = [session('2024-01-02', 40), session('2024-01-18', 40)];
    const exercise = daily({ meals, activities }, '2024-01-02', '2024-01-18')('exercise');
    expect(exercise.filter((minutes) => Number.isNaN(minutes))).toHaveLength(15);
  });

  it('adds up what was noted on the person’s own days, and a meal of unknown carbohydrate makes its day unknown', () => {
    const column = daily(
      {
        meals: [
          meal('2024-01-01', '23:50', 20),
          meal('2024-01-02', '00:10', 30),
          meal('2024-01-02', '12:00', 45),
          meal('2024-01-03', '12:00', null),
          meal('2024-01-03', '19:00', 60),
        ],
        doses: [{ instant: at('2024-01-02', '00:05'), type: 'bolus', units: 4 }],
        sleep: [{ from: at('2024-01-01', '23:00'), until: at('2024-01-02', '06:30') }],
      },
      '2024-01-01',
      '2024-01-04',
    );
    expect(column('carbs')).toEqual([20, 75, NaN, NaN]);
    expect(column('insulin')).toEqual([NaN, 4, NaN, NaN]);
    expect(column('sleep')).toEqual([NaN, 7.5, NaN, NaN]);
  });

  it('knows glucose where 70 % of the day were measured, also on the day of 23 hours', () => {
    const start = at('2024-03-30', '00:00');
    // Whole 30th; of the 31st, which has 23 hours, 16.5: more than 70 %; of the 1st 16.5 of 24: less.
    const values = [...repeat(100, 288), ...repeat(200, 198), ...repeat(null, 78), ...repeat(60, 198)];
    const column = daily({ glucose: seriesOf(values, { start }) }, '2024-03-30', '2024-04-01');
    expect(column('meanGlucose')).toEqual([100, 200, NaN]);
    expect(column('timeInRange')).toEqual([100, 0, NaN]);
    expect(column('timeBelow70')).toEqual([0, 0, NaN]);
  });

  it('is empty where nothing was recorded', () => {
    const column = daily({}, '2024-01-01', '2024-01-02');
    for (const name of ['meanGlucose', 'carbs', 'exercise', 'sleep'] as const) expect(column(name)).toEqual([NaN, NaN]);
  });
});

describe('hourly grid', () => {
  const hourly = (history: Partial<PersonHistory>, from: number, hours: number) => {
    const grid = hourlyGrid({ ...nobody, ...history }, from, hours);
    return { grid, column: (name: HourlyVariable) => [...(grid.columns[grid.names.indexOf(name)] ?? [])] };
  };

  it('counts elapsed hours and shows the clock, also where it is put forward', () => {
    const { grid } = hourly({}, at('2024-03-31', '00:00'), 5);
    expect([...grid.clockHours]).toEqual([0, 1, 3, 4, 5]);
  });

  it('is zero between the meals of a day with meals and unknown on a day without', () => {
    const { column } = hourly(
      { meals: [meal('2024-01-01', '22:30', 40), meal('2024-01-03', '00:15', 15)] },
      at('2024-01-01', '21:00'),
      29,
    );
    expect(column('carbs')).toEqual([0, 40, 0, ...repeat(NaN, 24), 15, 0]);
  });

  it('leaves long-acting doses out and shares exercise among its hours', () => {
    const { column } = hourly(
      {
        doses: [
          { instant: at('2024-01-01', '08:10'), type: 'basal', units: 20 },
          { instant: at('2024-01-01', '08:20'), type: 'bolus', units: 5 },
          { instant: at('2024-01-01', '09:20'), type: 'correction', units: 1 },
        ],
        activities: [{ from: at('2024-01-01', '08:50'), until: at('2024-01-01', '10:15') }],
      },
      at('2024-01-01', '07:00'),
      5,
    );
    expect(column('insulin')).toEqual([0, 5, 1, 0, 0]);
    expect(column('exercise')).toEqual([0, 10, 60, 15, 0]);
  });

  it('knows the glucose of an hour that was half measured', () => {
    const start = at('2024-01-01', '07:00');
    const values = [...repeat(100, 12), ...repeat(null, 6), ...repeat(150, 6), ...repeat(null, 7), ...repeat(90, 5)];
    expect(hourly({ glucose: seriesOf(values, { start }) }, start, 3).column('glucose')).toEqual([100, 150, NaN]);
  });
});
