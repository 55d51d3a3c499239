import { meanOf } from '../../glycemia/numeric.js';
import { difference, glucoseInterval, level } from '../../glycemia/glucose-words.js';
import { differenceOfMeans } from '../../statistics/student-tests.js';
import { secondOfDay } from '../../time/zone.js';
import { localDayAt, wallClockAt } from '../../time/zone-history.js';
import type { EvenSeries } from '../time-axis/even-series.js';
import { type Candidate, unanswered } from './candidate.js';
import type { ClinicalRecord } from './clinical-record.js';
import { highestOf, valuesOf } from './even-time.js';
import { OF_A_KIND_NEEDED } from './needed.js';
import { countOf } from './words.js';

/** Meals as they were named; without a name by the clock hours `[from, to)` at which they were eaten. */
const MEALS = [
  { name: 'breakfast', many: 'breakfasts', from: 5, to: 10.5, when: '5:00 to 10:30' },
  { name: 'lunch', many: 'lunches', from: 10.5, to: 15, when: '10:30 to 15:00' },
  { name: 'dinner', many: 'dinners', from: 17, to: 22, when: '17:00 to 22:00' },
] as const;

const MINUTE = 60;
/** Two meals closer together are not told apart. */
const [ALONE_BEFORE, ALONE_AFTER] = [90 * MINUTE, 120 * MINUTE];
/** A waking instant so far from every meal shows what glucose does without one. */
const [AWAY_AFTER, AWAY_BEFORE] = [210 * MINUTE, 120 * MINUTE];
const [AWAKE_FROM, AWAKE_TO] = [8, 22];
const HIGH_MGDL = 180;
const LEAST_RISE_MGDL = 30;

interface Course {
  readonly rise: number;
  readonly goesHigh: boolean;
}

/** What glucose does after meals of each kind, against what it does at waking hours away from meals. */
export function afterMealRises({ history, even, days }: ClinicalRecord): Candidate[] {
  const { meals, zones } = history;
  const hourAt = (instant: number): number => secondOfDay(wallClockAt(zones, instant)) / 3600;
  const away = even ? awayFromMeals(history, even, new Set(days.map(({ day }) => day)), hourAt) : [];
  return MEALS.map(({ name, many, from, to, when }): Candidate => {
    const eaten = meals.flatMap(({ instant, type }, i) => {
      const alone =
        instant - (meals[i - 1]?.instant ?? -Infinity) >= ALONE_BEFORE &&
        (meals[i + 1]?.instant ?? Infinity) - instant >= ALONE_AFTER;
      const isIt = type ? type === name : hourAt(instant) >= from && hourAt(instant) < to;
      const course = alone && isIt && even ? courseFrom(even, instant) : null;
      return course ? [{ instant, ...course }] : [];
    });
    const few = Math.min(eaten.length, away.length) < OF_A_KIND_NEEDED;
    const test = few
      ? null
      : differenceOfMeans(
          eaten.map(({ rise }) => rise),
          away,
        );
    if (!test) {
      const missing = `${eaten.length} noted ${many} with glucose (by name, or from ${when}; no other meal close by) and ${away.length} days with hours away from meals, ${OF_A_KIND_NEEDED} of each are needed`;
      return unanswered('after-meal-rise', missing, name);
    }
    const high = eaten.filter(({ goesHigh }) => goesHigh);
    const rise = meanOf(eaten.map((one) => one.rise));
    return {
      status: 'judged',
      kind: 'after-meal-rise',
      part: name,
      sightings: high.map(({ instant }) => ({ day: localDayAt(zones, instant), at: instant })),
      of: eaten.length,
      unit: 'meals',
      expected: null,
      test: 'Welch’s t against waking hours away from meals, a value a day, one-sided',
      p: test.upperP,
      matters: rise >= LEAST_RISE_MGDL && high.length >= 3,
      effect: { value: test.value, low: test.low, high: test.high, unit: 'mg/dL' },
      text: `After ${countOf(high.length, eaten.length, name, many)} glucose went above ${level(HIGH_MGDL)} within two hours; on average it ${rise < 0 ? 'fell' : 'rose'} by ${difference(rise)}, which is ${difference(test.value)} ${test.value < 0 ? 'less' : 'more'} than at hours away from meals (${glucoseInterval(test)}).`,
      isNot:
        'It is not told why: what was eaten, how well it was counted, and when and how much insulin was given are not told apart.',
    };
  });
}

/** From within range on: who begins high has not been made high by the meal. */
function courseFrom(even: EvenSeries, instant: number): Course | null {
  const before = valuesOf(even, instant - 15 * MINUTE, instant + 1);
  const after = valuesOf(even, instant, instant + ALONE_AFTER);
  const late = valuesOf(even, instant + 60 * MINUTE, instant + ALONE_AFTER);
  if (!before || !after || !late || meanOf(before) > HIGH_MGDL) return null;
  return { rise: meanOf(late) - meanOf(before), goesHigh: highestOf(after) > HIGH_MGDL };
}

/** Mean change at waking hours away from meals, a value for each local day on which meals were noted. */
function awayFromMeals(
  { meals, zones }: ClinicalRecord['history'],
  even: EvenSeries,
  known: ReadonlySet<number>,
  hourAt: (instant: number) => number,
): number[] {
  const noted = new Set(meals.map(({ instant }) => localDayAt(zones, instant)));
  const perDay = new Map<number, number[]>();
  const end = even.from + even.mgdl.length * even.stepSeconds;
  let next = 0;
  for (let at = even.from; at < end; at += 30 * MINUTE) {
    while ((meals[next]?.instant ?? Infinity) < at) next++;
    const [before, after] = [meals[next - 1]?.instant ?? -Infinity, meals[next]?.instant ?? Infinity];
    if (at - before < AWAY_AFTER || after - at < AWAY_BEFORE) continue;
    if (hourAt(at) < AWAKE_FROM || hourAt(at) >= AWAKE_TO) continue;
    const day = localDayAt(zones, at);
    const course = noted.has(day) && known.has(day) ? courseFrom(even, at) : null;
    if (course) perDay.set(day, [...(perDay.get(day) ?? []), course.rise]);
  }
  return [...perDay.values()].map((rises) => meanOf(rises));
}
