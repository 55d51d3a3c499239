import { meanOf } from '../../glycemia/numeric.js';
import { difference, glucoseInterval } from '../../glycemia/glucose-words.js';
import { meanAgainstZero } from '../../statistics/student-tests.js';
import { type Candidate, unanswered } from './candidate.js';
import type { ClinicalRecord } from './clinical-record.js';
import { WEEKS_NEEDED } from './needed.js';
import { weeksOf } from './weeks.js';

const LEAST_WEEKDAYS = 3;
const LEAST_DIFFERENCE_MGDL = 8;

/** Saturdays and Sundays against the other days of the same weeks, so that what drifts over months is no difference. */
export function weekend({ grid }: ClinicalRecord): Candidate[] {
  const weeks = weeksOf(grid, 'meanGlucose')
    .filter((week) => week.weekend.length > 0 && week.weekdays.length >= LEAST_WEEKDAYS)
    .map((week) => ({ monday: week.monday, difference: meanOf(week.weekend) - meanOf(week.weekdays) }));
  const test = weeks.length < WEEKS_NEEDED ? null : meanAgainstZero(weeks.map(({ difference }) => difference));
  if (!test) {
    const missing = `${weeks.length} weeks with a measured weekend and ${LEAST_WEEKDAYS} other measured days, ${WEEKS_NEEDED} are needed`;
    return [unanswered('weekend', missing)];
  }
  const shown = weeks.filter(({ difference }) => Math.sign(difference) === Math.sign(test.value));
  const which = test.value < 0 ? 'lower' : 'higher';
  return [
    {
      status: 'judged',
      kind: 'weekend',
      part: null,
      sightings: shown.map(({ monday }) => ({ day: monday + 5, at: null })),
      of: weeks.length,
      unit: 'weeks',
      expected: weeks.length / 2,
      test: 'Student’s t of the difference within each week, two-sided',
      p: test.twoSidedP,
      matters: Math.abs(test.value) >= LEAST_DIFFERENCE_MGDL,
      effect: { value: test.value, low: test.low, high: test.high, unit: 'mg/dL' },
      text: `In ${shown.length} of ${weeks.length} weeks mean glucose was ${which} on Saturday and Sunday than on the other days; on average by ${difference(test.value)} (${glucoseInterval(test)}).`,
      isNot:
        'It is not told what the weekend changes: sleep, meals, activity and alcohol are not told apart, and free days on other weekdays are not known.',
    },
  ];
}
