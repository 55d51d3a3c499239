import { level } from '../../glycemia/glucose-words.js';
import { binomialUpperP } from '../../statistics/binomial.js';
import { SECONDS_PER_DAY } from '../../time/zone.js';
import type { EvenSeries } from '../time-axis/even-series.js';
import { type Candidate, unanswered } from './candidate.js';
import type { ClinicalRecord } from './clinical-record.js';
import { highestOf, valuesOf } from './even-time.js';
import type { Low } from './lows.js';
import { OF_A_KIND_NEEDED } from './needed.js';
import { countOf } from './words.js';

const AFTER_SECONDS = 3 * 3600;
/** Lows closer together are one. */
const APART_SECONDS = 4 * 3600;
const HIGH_MGDL = 180;
const LEAST_COUNT = 3;

/** Highs within three hours after a low, against the same clock times of this person's other days. */
export function rebound({ lows, even }: ClinicalRecord): Candidate[] {
  const compared = even ? lowsApart(lows).flatMap((low) => compare(even, lows, low) ?? []) : [];
  if (compared.length < OF_A_KIND_NEEDED) {
    const missing = `${compared.length} lows with the hours after them measured, ${OF_A_KIND_NEEDED} are needed`;
    return [unanswered('rebound', missing)];
  }
  const of = compared.length;
  const high = compared.filter(({ goesHigh }) => goesHigh);
  const expected = compared.reduce((sum, { chance }) => sum + chance, 0);
  const count = high.length;
  return [
    {
      status: 'judged',
      kind: 'rebound',
      part: null,
      sightings: high.map(({ low }) => ({ day: low.day, at: low.from })),
      of,
      unit: 'lows',
      expected,
      test: 'binomial, against the same clock times of other days',
      p: binomialUpperP(count, of, expected / of),
      matters: count >= LEAST_COUNT,
      effect: { value: (100 * (count - expected)) / of, low: null, high: null, unit: 'percentage points' },
      text: `After ${countOf(count, of, 'low', 'lows')} glucose went above ${level(HIGH_MGDL)} within three hours; at the same clock times of other days it did so about ${Math.round(expected)} times of ${of}.`,
      isNot:
        'Not told apart: what was eaten against the low, a meal that followed anyway, and the body’s own answer to the low.',
    },
  ];
}

const lowsApart = (lows: readonly Low[]): Low[] =>
  lows.filter(({ from }, i) => from - (lows[i - 1]?.until ?? -Infinity) >= APART_SECONDS);

function compare(even: EvenSeries, lows: readonly Low[], low: Low) {
  const own = goesHigh(even, low.until);
  if (own === null) return null;
  const end = even.from + even.mgdl.length * even.stepSeconds;
  const others: boolean[] = [];
  // A change of the clock moves some of them by an hour: less than people's habits do.
  const first = low.until - Math.floor((low.until - even.from) / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  for (let at = first; at < end; at += SECONDS_PER_DAY) {
    const near = lows.some(({ from, until }) => from < at + AFTER_SECONDS && until > at - APART_SECONDS);
    const other = near ? null : goesHigh(even, at);
    if (other !== null) others.push(other);
  }
  if (others.length < OF_A_KIND_NEEDED) return null;
  return { low, goesHigh: own, chance: others.filter(Boolean).length / others.length };
}

/** Whether it goes high from within range on; null where that was not measured, or it was high already. */
function goesHigh(even: EvenSeries, at: number): boolean | null {
  const [before, after] = [valuesOf(even, at, at + 1), valuesOf(even, at, at + AFTER_SECONDS)];
  if (!before || !after || (before[0] ?? Infinity) > HIGH_MGDL) return null;
  return highestOf(after) > HIGH_MGDL;
}
