import { difference, glucoseInterval } from '../../glycemia/glucose-words.js';
import { meanAgainstZero } from '../../statistics/student-tests.js';
import { secondOfDay } from '../../time/zone.js';
import { localDayAt, wallClockAt } from '../../time/zone-history.js';
import { type Candidate, unanswered } from './candidate.js';
import { type ClinicalDay, meanOfSlots, slotsOfHours } from './clinical-day.js';
import type { ClinicalRecord } from './clinical-record.js';
import { OF_A_KIND_NEEDED } from './needed.js';
import { countOf } from './words.js';

/** Glucose around 3:00 against that around 6:30, before most people eat. Clock hours. */
const NIGHT = [2.5, 3.5] as const;
const MORNING = [6, 7] as const;
/** What was eaten, injected or low from here on explains a rise otherwise. */
const UNDISTURBED_FROM = 1;
/** The rise that is called the dawn phenomenon (Monnier 2013, 10.2337/dc12-2127), mg/dL. */
const RISE_MGDL = 20;
const LEAST_MEAN_MGDL = 10;

/** A rise towards morning in nights without food, bolus or low. */
export function dawnRise({ history, days }: ClinicalRecord): Candidate[] {
  const disturbed = disturbedDays(history);
  const nights = days.flatMap((day) => {
    const rise = disturbed.has(day.day) || hasLow(day) ? null : riseOf(day);
    return rise === null ? [] : [{ day: day.day, rise }];
  });
  const test = nights.length < OF_A_KIND_NEEDED ? null : meanAgainstZero(nights.map(({ rise }) => rise));
  if (!test) {
    const missing = `${nights.length} nights measured until 7:00 without food, bolus or low, ${OF_A_KIND_NEEDED} are needed`;
    return [unanswered('dawn-rise', missing)];
  }
  const shown = nights.filter(({ rise }) => rise >= RISE_MGDL);
  return [
    {
      status: 'judged',
      kind: 'dawn-rise',
      part: null,
      sightings: shown.map(({ day }) => ({ day, at: null })),
      of: nights.length,
      unit: 'nights',
      expected: null,
      test: 'Student’s t of the rise against zero, one-sided',
      p: test.upperP,
      matters: test.value >= LEAST_MEAN_MGDL && shown.length >= 3,
      effect: { value: test.value, low: test.low, high: test.high, unit: 'mg/dL' },
      text: `On ${countOf(shown.length, nights.length, 'night', 'nights')} without food, bolus or low, glucose rose by ${difference(RISE_MGDL)} or more from 3:00 to 6:30; on average ${test.value < 0 ? 'it fell' : 'it rose'} by ${difference(test.value)} (${glucoseInterval(test)}).`,
      isNot: 'Not told apart from a late meal that was not noted, nor from insulin of the evening that has worn off.',
    },
  ];
}

function riseOf(day: ClinicalDay): number | null {
  const night = meanOfSlots(day, slotsOfHours(NIGHT[0]), slotsOfHours(NIGHT[1]));
  const morning = meanOfSlots(day, slotsOfHours(MORNING[0]), slotsOfHours(MORNING[1]));
  return night === null || morning === null ? null : morning - night;
}

const hasLow = ({ low }: ClinicalDay): boolean => low.subarray(0, slotsOfHours(MORNING[1])).includes(1);

/** Local days on which something was eaten or injected before the morning was over. */
function disturbedDays({ zones, meals, doses }: ClinicalRecord['history']): ReadonlySet<number> {
  const instants = [...meals, ...doses.filter(({ type }) => type !== 'basal')].map(({ instant }) => instant);
  return new Set(
    instants.flatMap((instant) => {
      const hour = secondOfDay(wallClockAt(zones, instant)) / 3600;
      return hour >= UNDISTURBED_FROM && hour < MORNING[1] ? [localDayAt(zones, instant)] : [];
    }),
  );
}
