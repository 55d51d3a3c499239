import { risk } from '../../../../src/domain/analyses/risk.js';
import { dayLowsOf, statisticsOf } from '../../../../src/domain/patterns/risk/day-lows.js';
import { lowRisks } from '../../../../src/domain/patterns/risk/low-risk.js';
import { at, AUCKLAND, bell, BERLIN, level, recordOf, type Trace } from './traces.js';

const DAYS = 42;

/** Each night a low of so many mg/dL below the level of 130. */
const nightly =
  (depth: number): Trace =>
  (day, hour) =>
    level(day, hour)! - bell(hour, 3, depth, 1.2);

const windowOf = (place: typeof BERLIN) => ({ from: at(place, 0, 0), to: at(place, DAYS, 0) });

it.each([BERLIN, AUCKLAND])('counts the share of whole local days in $zone', (place) => {
  const history = recordOf(place, DAYS, (_, hour) => (hour >= 6 && hour < 9 ? 60 : hour < 1 ? 50 : 120));
  const days = dayLowsOf(history.glucose, history.zones);
  expect(days).toHaveLength(DAYS);
  expect(days[0]).toMatchObject({ day: place.firstDay, readings: 288, below70: 48, below54: 12 });
  expect(statisticsOf([days[0]!])).toMatchObject({ below54: (100 * 12) / 288, below70: (100 * 48) / 288 });
});

it('says more of whoever was lower, with reasons and how far to trust it', () => {
  const told = (depth: number) => {
    const answer = risk(recordOf(BERLIN, DAYS, nightly(depth)), windowOf(BERLIN));
    if (answer.status !== 'done') throw new Error(answer.missing.join());
    return answer.risks;
  };
  const [deep, middling, shallow] = [told(95), told(75), told(61)];
  for (const [i, { chance }] of deep.entries()) expect(chance).toBeGreaterThan(shallow[i]!.chance);
  expect(deep[1]!.chance).toBeGreaterThan(0.5);
  expect(shallow[1]!.chance).toBeLessThan(0.05);
  expect(deep[1]!.text).toMatch(
    /^The chance that the next 14 days have 4 % or more of readings below \{level:70\} is (about \d+|over 95) %: raised by .* below \{level:70\}.*, in 28 measured days of the last 28\.$/,
  );
  expect(middling[1]!.text).toMatch(/ is about \d+ %: /);
  expect(shallow[1]!.text).toMatch(/ is under 5 %: /);
  expect(deep[0]!.trust).toMatch(/real people whom the model had not seen it came \d+ times, where it expected \d+/);
});

it('answers what is missing: measured days, or days with a low', () => {
  const quiet = recordOf(BERLIN, DAYS, level);
  expect(risk(quiet, windowOf(BERLIN))).toMatchObject({
    status: 'too-little-data',
    missing: [expect.stringMatching(/^0 days with a reading below \{level:70\} in the last 28, 3 are needed/)],
  });
  const gone = recordOf(BERLIN, DAYS, (day, hour) => (day >= 20 ? null : nightly(95)(day, hour)));
  expect(lowRisks(dayLowsOf(gone.glucose, gone.zones), BERLIN.firstDay + DAYS - 1)).toMatchObject({
    status: 'too-little-data',
    missing: ['6 measured days in the last 28, 14 are needed'],
  });
});
