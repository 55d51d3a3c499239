import { daysWithKeptExercise } from '../../causality/person-history.js';
import { difference, glucoseInterval, level } from '../../glycemia/glucose-words.js';
import { typicalDifference } from '../../statistics/typical-difference.js';
import { localDayAt } from '../../time/zone-history.js';
import { type Candidate, unanswered } from './candidate.js';
import { type ClinicalDay, measuredShare, slotsOfHours } from './clinical-day.js';
import type { ClinicalRecord } from './clinical-record.js';
import { OF_A_KIND_NEEDED } from './needed.js';

/** The night that ends on the morning after: midnight to six. */
const NIGHT_SLOTS = slotsOfHours(6);
const HOUR_SLOTS = slotsOfHours(1);
const MEASURED_SHARE = 0.7;
/** Who exercises on most days has few other nights: fewer of them do. */
const OTHERS_NEEDED = 7;
/** What a true mean difference of 8 mg/dL looks like between typical nights on a sensor that flattens lows. */
const LEAST_DIFFERENCE_MGDL = 6.5;

/** How low the nights after exercise go, against nights after days on which the exercise log was kept and has none. */
export function lowAfterExercise({ history, days }: ClinicalRecord): Candidate[] {
  const exercised = new Set(history.activities.map(({ from }) => localDayAt(history.zones, from)));
  const kept = daysWithKeptExercise(history);
  const nights = days.flatMap((day) => {
    const lowest = kept.has(day.day - 1) ? lowestHourOf(day) : null;
    const hasLow = day.low.subarray(0, NIGHT_SLOTS).includes(1);
    return lowest === null ? [] : [{ day: day.day, lowest, hasLow, isAfter: exercised.has(day.day - 1) }];
  });
  const after = nights.filter(({ isAfter }) => isAfter);
  const others = nights.filter(({ isAfter }) => !isAfter);
  const values = (some: typeof nights) => some.map(({ lowest }) => -lowest);
  const few = after.length < OF_A_KIND_NEEDED || others.length < OTHERS_NEEDED;
  const test = few ? null : typicalDifference(values(after), values(others));
  if (!test) {
    const missing = `${after.length} measured nights after exercise and ${others.length} after days known to be without, ${OF_A_KIND_NEEDED} and ${OTHERS_NEEDED} are needed`;
    return [unanswered('low-after-exercise', missing)];
  }
  const lows = after.filter(({ hasLow }) => hasLow);
  const otherLows = others.filter(({ hasLow }) => hasLow).length;
  const lower = { value: -test.value, low: -test.high, high: -test.low };
  return [
    {
      status: 'judged',
      kind: 'low-after-exercise',
      part: null,
      sightings: lows.map(({ day }) => ({ day, at: null })),
      of: after.length,
      unit: 'nights',
      expected: (after.length * otherLows) / others.length,
      test: 'Mann and Whitney’s of the lowest hour of the night, against nights after days without exercise, one-sided',
      p: test.upperP,
      matters: test.value >= LEAST_DIFFERENCE_MGDL,
      effect: { ...lower, unit: 'mg/dL' },
      text: `In nights after exercise the lowest hour was typically ${difference(lower.value)} ${lower.value < 0 ? 'lower' : 'higher'} than in other nights (${glucoseInterval(lower)}); glucose was below ${level(70)} on ${lows.length} of ${after.length} nights after exercise and on ${otherLows} of ${others.length} others.`,
      isNot:
        'Not told apart from food or insulin that was changed because of the exercise; how hard it was is not looked at.',
    },
  ];
}

/** The lowest mean of an hour of the night; null where too little of the night was measured. */
function lowestHourOf(day: ClinicalDay): number | null {
  if (measuredShare(day, 0, NIGHT_SLOTS) < MEASURED_SHARE) return null;
  let lowest = Infinity;
  for (let slot = 0; slot + HOUR_SLOTS <= NIGHT_SLOTS; slot++) {
    const hour = day.mgdl.subarray(slot, slot + HOUR_SLOTS);
    const sum = hour.reduce((a, b) => a + b, 0);
    if (!Number.isNaN(sum)) lowest = Math.min(lowest, sum / HOUR_SLOTS);
  }
  return Number.isFinite(lowest) ? lowest : null;
}
