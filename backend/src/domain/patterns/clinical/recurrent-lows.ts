import { level } from '../../glycemia/glucose-words.js';
import type { Candidate } from './candidate.js';
import { slotsOfHours } from './clinical-day.js';
import type { ClinicalRecord } from './clinical-record.js';
import { CLOCK_TEST, clockTest } from './clock-test.js';
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

/** Lows that come at some hours more than at others, by quarters of the day; those at night among them. */
export function recurrentLows({ days }: ClinicalRecord): Candidate[] {
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
      of,
      unit,
      expected,
      test: CLOCK_TEST,
      p,
      matters: places.length >= Math.max(LEAST_COUNT, LEAST_SHARE * of, LEAST_TIMES * expected),
      effect: { value: (100 * (places.length - expected)) / of, low: null, high: null, unit: 'percentage points' },
      text: `On ${countOf(places.length, of, one, many)} glucose was below ${level(70)} for a quarter of an hour or more ${when}; about ${Math.round(expected)} would be expected if lows came at any hour alike.`,
      isNot:
        name === 'night'
          ? 'Falls that look like lying on the sensor are left out, and it is not told whether evening food, activity or insulin goes with it.'
          : 'It is not told what goes with it: meals, activity and insulin of these hours are not told apart.',
    };
  });
}
