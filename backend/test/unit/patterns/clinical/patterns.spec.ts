import type { PersonHistory } from '../../../../src/domain/causality/person-history.js';
import { clinicalPatterns, type Pattern } from '../../../../src/domain/patterns/clinical/clinical-patterns.js';
import { isoDay } from '../../../../src/domain/time/zone.js';
import { at, AUCKLAND, bell, BERLIN, chance, everyDay, level, recordOf, type Trace } from './traces.js';

const DAYS = 56;
const PLACES = [
  ['Berlin, across a change of the clock', BERLIN],
  ['Auckland', AUCKLAND],
] as const;

const answerOf = (history: PersonHistory) => {
  const answer = clinicalPatterns(history, 0.05);
  if (answer.status !== 'done') throw new Error(answer.missing.join());
  return answer;
};
const found = (history: PersonHistory, kind: string, part: string | null = null): Pattern | undefined =>
  answerOf(history).found.find((one) => one.kind === kind && one.part === part);
const tested = (history: PersonHistory, kind: string, part: string | null = null): Pattern | undefined => {
  const { found: some, notFound } = answerOf(history);
  return [...some, ...notFound].find((one) => one.kind === kind && one.part === part);
};

describe.each(PLACES)('in %s', (_, place) => {
  it('finds nights with lows among measured nights, and says which', () => {
    // Slowly low from one to three, every fourth night; each tenth day is not measured at all.
    const trace: Trace = (day, hour) => {
      if (day % 10 === 9) return null;
      return level(day, hour)! - (day % 4 === 0 ? bell(hour, 2, 85, 1.2) : 0);
    };
    const pattern = found(recordOf(place, DAYS, trace), 'lows-by-clock', 'night');
    const nights = everyDay(DAYS, (day) => (day % 4 === 0 && day % 10 !== 9 ? day : null));
    expect(pattern?.sightings.map(({ day }) => isoDay(day))).toEqual(nights.map((day) => isoDay(place.firstDay + day)));
    expect(pattern?.of).toBe(DAYS - 5);
    expect(pattern?.text).toMatch(/^On 14 of 51 nights glucose was below \{level:70\} for/);
    expect(pattern?.isNot).toContain('lying on the sensor are left out');
  });

  it('leaves falls under pressure on the sensor out of the lows, and tells them apart', () => {
    // At once from level ground, and back at once.
    const trace: Trace = (day, hour) => (day % 4 === 0 && hour >= 3 && hour < 3.75 ? 58 : level(day, hour));
    const history = recordOf(place, DAYS, trace);
    expect(tested(history, 'lows-by-clock', 'night')?.sightings).toEqual([]);
    const pattern = found(history, 'compression-lows');
    expect(pattern?.sightings[1]).toEqual({ day: place.firstDay + 4, at: at(place, 4, 3) });
    expect(pattern?.text).toMatch(/^On 14 of 56 nights/);
    expect(pattern?.isNot).toMatch(/sensor that was lain on/);
  });

  it('finds a rise towards morning only in nights without food or bolus', () => {
    const trace: Trace = (day, hour) => level(day, hour)! + bell(hour, 7, 45, 2);
    const quiet = recordOf(place, DAYS, trace);
    expect(found(quiet, 'dawn-rise')).toMatchObject({ of: DAYS, unit: 'nights' });
    expect(found(quiet, 'dawn-rise')?.effect.value).toBeGreaterThan(20);
    const meals = everyDay(DAYS, (day) => (day >= 20 ? { instant: at(place, day, 5), carbsGrams: 20 } : null));
    expect(found(recordOf(place, DAYS, trace, { meals }), 'dawn-rise')?.of).toBe(20);
  });

  it('finds rises after the meal that has them, by the clock or by name', () => {
    const trace: Trace = (day, hour) => level(day, hour)! + bell(hour, 20.4, 70 + 10 * chance(day, 3));
    const meals = everyDay(DAYS, (day) => [
      { instant: at(place, day, 8), carbsGrams: 40 },
      { instant: at(place, day, 19), carbsGrams: null },
    ]).flat();
    const history = recordOf(place, DAYS, trace, { meals });
    expect(found(history, 'after-meal-rise', 'breakfast')).toBeUndefined();
    const dinner = found(history, 'after-meal-rise', 'dinner');
    expect(dinner).toMatchObject({ of: DAYS, unit: 'meals' });
    expect(dinner?.effect.value).toBeGreaterThan(40);
    expect(dinner?.sightings.at(-1)?.at).toBe(at(place, DAYS - 1, 19));
    const named = meals.map((meal) => ({ ...meal, type: 'lunch' as const }));
    expect(found(recordOf(place, DAYS, trace, { meals: named }), 'after-meal-rise', 'dinner')).toBeUndefined();
  });

  it('finds highs after lows beyond those of the same hours of other days', () => {
    const isLow = (day: number) => day % 3 === 0;
    const trace: Trace = (day, hour) =>
      level(day, hour)! + (isLow(day) ? -bell(hour, 15, 85, 0.8) + bell(hour, 17, 80, 0.7) : 0);
    const pattern = found(recordOf(place, DAYS, trace), 'rebound');
    expect(pattern).toMatchObject({ of: 19, unit: 'lows' });
    expect(pattern?.sightings).toHaveLength(19);
    expect(pattern?.expected).toBe(0);
    expect(pattern?.isNot).toContain('eaten against the low');
    // As high on the other days at the same time: no rebound.
    const always: Trace = (day, hour) =>
      level(day, hour)! - (isLow(day) ? bell(hour, 15, 85, 0.8) : 0) + bell(hour, 17, 80, 0.7);
    expect(found(recordOf(place, DAYS, always), 'rebound')).toBeUndefined();
  });

  it('compares nights after exercise with nights after days known to be without', () => {
    const exercised = (day: number) => day % 3 === 0;
    const trace: Trace = (day, hour) =>
      level(day, hour)! - (exercised(day - 1) && hour < 6 ? bell(hour, 3, 90, 1.5) : 0);
    const session = (day: number) => ({ from: at(place, day, 18), until: at(place, day, 19) });
    const activities = everyDay(DAYS, (day) => (exercised(day) ? session(day) : null));
    const pattern = found(recordOf(place, DAYS, trace, { activities }), 'low-after-exercise');
    expect(pattern?.effect.value).toBeLessThan(-50);
    expect(pattern?.sightings[0]).toEqual({ day: place.firstDay + 1, at: null });
    expect(pattern?.text).toMatch(/on 19 of 19 nights after exercise and on 0 of 36 others\.$/);

    // A log that nobody keeps: days between sessions three weeks apart are unknown, not days without.
    const seldom = everyDay(DAYS, (day) => (day % 21 === 0 ? session(day) : null));
    expect(answerOf(recordOf(place, DAYS, trace, { activities: seldom })).unanswered).toContainEqual({
      status: 'unanswered',
      kind: 'low-after-exercise',
      part: null,
      missing: expect.stringMatching(/^\d measured nights after exercise and 0 after days known to be without/),
    });
  });

  it('compares Saturday and Sunday with the other days of the week', () => {
    // Both records begin on a Monday.
    const trace: Trace = (day, hour) => level(day, hour)! + (day % 7 >= 5 ? 25 : 0);
    const pattern = found(recordOf(place, DAYS, trace), 'weekend');
    expect(pattern).toMatchObject({ of: 8, unit: 'weeks' });
    expect(pattern?.sightings[0]).toEqual({ day: place.firstDay + 5, at: null });
    expect(pattern?.effect.value).toBeGreaterThan(20);
    expect(pattern?.text).toContain('higher on Saturday and Sunday');
  });

  it('finds time in range that falls from week to week, and not one that rises', () => {
    const after = (sign: 1 | -1): Trace => {
      const start = sign === 1 ? 0 : DAYS;
      return (day, hour) => level(day, hour)! + bell(hour, 13, 60 + 1.2 * sign * (day - start), 3);
    };
    const pattern = found(recordOf(place, DAYS, after(1)), 'worsening');
    expect(pattern?.effect.value).toBeLessThan(-5);
    expect(pattern?.text).toMatch(/^Over 8 weeks time in range fell by/);
    const better: Trace = (day, hour) => after(1)(DAYS - day, hour);
    expect(found(recordOf(place, DAYS, better), 'worsening')).toBeUndefined();
  });

  it('finds rises like those of meals that had no bolus, where boluses are noted', () => {
    const trace: Trace = (day, hour) => level(day, hour)! + bell(hour, 9, 90) + bell(hour, 14, 90) + bell(hour, 20, 90);
    const isMissed = (day: number) => day % 2 === 0;
    const doses = everyDay(DAYS, (day) =>
      [8, 13, 19]
        .filter((hour) => hour !== 13 || !isMissed(day))
        .map((hour) => ({ instant: at(place, day, hour), type: 'bolus' as const, units: 5 })),
    ).flat();
    const pattern = found(recordOf(place, DAYS, trace, { doses }), 'missed-bolus');
    expect(pattern?.sightings).toHaveLength(28);
    expect(pattern?.of).toBe(3 * DAYS);
    expect(pattern?.isNot).toContain('given and not noted');
    for (const { at: instant } of pattern!.sightings) {
      expect(instant).toBeGreaterThan(at(place, 0, 11.9));
    }
    const missing = '0 days of glucose with a noted bolus, 14 are needed';
    expect(answerOf(recordOf(place, DAYS, trace)).unanswered).toContainEqual(
      expect.objectContaining({ kind: 'missed-bolus', missing }),
    );
  });
});

it('answers what is missing', () => {
  expect(clinicalPatterns(recordOf(BERLIN, 10, level), 0.05)).toEqual({
    status: 'too-little-data',
    missing: ['10 days of glucose, 14 are needed'],
  });
  const { unanswered } = answerOf(recordOf(BERLIN, 20, level));
  expect(unanswered.map(({ kind, part }) => `${kind} ${part}`).sort()).toEqual([
    'after-meal-rise breakfast',
    'after-meal-rise dinner',
    'after-meal-rise lunch',
    'low-after-exercise null',
    'missed-bolus null',
    'rebound null',
    'weekend null',
    'worsening null',
  ]);
});

it('finds nothing where nothing recurs, and adjusts for all that was looked for', () => {
  const { found: some, notFound } = answerOf(recordOf(BERLIN, DAYS, level));
  expect(some).toEqual([]);
  for (const { p, adjustedP } of notFound) expect(adjustedP).toBeGreaterThanOrEqual(p);
});

it('gives the same answer to the same record, and never speaks of changing a dose', () => {
  const trace: Trace = (day, hour) => level(day, hour)! - (day % 3 === 0 ? bell(hour, 2, 85, 1.2) : 0);
  const history = recordOf(AUCKLAND, DAYS, trace);
  expect(answerOf(history)).toEqual(answerOf(history));
  const { found: some, notFound } = answerOf(history);
  for (const { text, isNot } of [...some, ...notFound]) {
    expect(`${text} ${isNot}`).not.toMatch(/\b(increase|reduce|lower your|raise your|should|units?)\b/i);
  }
});
