import { difference, level } from '../../glycemia/glucose-words.js';
import type { Candidate } from './candidate.js';
import { slotsOfHours } from './clinical-day.js';
import type { ClinicalRecord } from './clinical-record.js';
import { CLOCK_TEST, clockTest } from './clock-test.js';
import { lowNights } from './low-nights.js';
import { countOf } from './words.js';

interface Part {
  readonly name: string;
  /** Clock hours `[from, to)`. */
  readonly from: number;
  readonly to: number;
  readonly when: string;
}

const PARTS: readonly Part[] = [
  { name: 'night', from: 0, to: 6, when: 'between midnight and 6:00' },
  { name: 'morning', from: 6, to: 12, when: 'between 6:00 and noon' },
  { name: 'afternoon', from: 12, to: 18, when: 'between noon and 18:00' },
  { name: 'evening', from: 18, to: 24, when: 'between 18:00 and midnight' },
];

/** Rarer ones are no pattern, whatever the other hours are like. */
const LEAST_COUNT = 3;
const LEAST_SHARE = 0.1;
/** However sure it is: so many times as many as at any hour alike. */
const LEAST_TIMES = 1.5;
/** By the error model that the chance of a low night was fitted to, in the middle of a sensor's life. */
const TOO_HIGH_MGDL = 8;

/** Lows that come at some hours more than at others, by quarters of the day; those at night among them. */
export function recurrentLows(record: ClinicalRecord): Candidate[] {
  const { days } = record;
  const likely = lowNights(record).filter(({ isNamed }) => isNamed);
  const measured = days.filter(({ isMeasured }) => isMeasured);
  return PARTS.map((part): Candidate => {
    const { name, when } = part;
    const isWithin = (slot: number) => slot >= slotsOfHours(part.from) && slot < slotsOfHours(part.to);
    const lows = measured.map(({ low }) => low);
    const { places, expected, p } = clockTest(lows, isWithin, part.from);
    const of = measured.length;
    const [unit, one, many] =
      name === 'night' ? (['nights', 'night', 'nights'] as const) : (['days', 'day', 'days'] as const);
    return {
      status: 'judged',
      kind: 'lows-by-clock',
      part: name,
      sightings: places.map((place) => ({ day: measured[place]?.day ?? 0, at: null })),
      ...(name === 'night' && { likely: likely.map(({ day }) => ({ day, at: null })) }),
      of,
      unit,
      expected,
      test: CLOCK_TEST,
      p,
      matters: places.length >= Math.max(LEAST_COUNT, LEAST_SHARE * of, LEAST_TIMES * expected),
      effect: { value: (100 * (places.length - expected)) / of, low: null, high: null, unit: 'percentage points' },
      text: `On ${countOf(places.length, of, one, many)} glucose was below ${level(70)} for a quarter of an hour or more ${when}; about ${Math.round(expected)} would be expected if lows came at any hour alike.${name === 'night' && places.length + likely.length > 0 ? allowedFor(likely.length) : ''}`,
      isNot:
        name === 'night'
          ? 'Falls that look like lying on the sensor are left out, and it is not told whether evening food, activity or insulin goes with it. How far a sensor errs is taken from simulated people with a published sensor error, not from blood samples.'
          : 'It is not told what goes with it: meals, activity and insulin of these hours are not told apart.',
    };
  });
}

/** In words, for the nights: what is named night by night is not what was shown. */
const allowedFor = (count: number): string =>
  ` At such values a sensor can read up to ${difference(TOO_HIGH_MGDL)} too high: with that allowed for, glucose itself probably was that low on ${count} ${count === 1 ? 'night' : 'nights'}.`;
