import { interval, rounded } from '../../statistics/interval-words.js';
import { slopeOf } from '../../statistics/student-tests.js';
import { type Candidate, unanswered } from './candidate.js';
import type { ClinicalRecord } from './clinical-record.js';
import { WEEKS_NEEDED } from './needed.js';
import { meanOfWeek, weeksOf } from './weeks.js';

const LEAST_DAYS = 4;
const LEAST_LOSS_POINTS = 5;

/** Time in range that falls from week to week. Weeks, since days of one week are alike. */
export function worsening({ grid }: ClinicalRecord): Candidate[] {
  const weeks = weeksOf(grid, 'timeInRange')
    .filter(({ weekdays, weekend }) => weekdays.length + weekend.length >= LEAST_DAYS)
    .map((week) => ({ monday: week.monday, timeInRange: meanOfWeek(week) }));
  const at = weeks.map(({ monday }) => monday / 7);
  const lost = weeks.map(({ timeInRange }) => -timeInRange);
  const test = weeks.length < WEEKS_NEEDED ? null : slopeOf(at, lost);
  if (!test) {
    const missing = `${weeks.length} weeks with ${LEAST_DAYS} measured days, ${WEEKS_NEEDED} are needed`;
    return [unanswered('worsening', missing)];
  }
  const span = (at.at(-1) ?? 0) - (at[0] ?? 0);
  const change = { value: -test.value * span, low: -test.high * span, high: -test.low * span };
  const shown = weeks.filter(({ timeInRange }) => timeInRange < (weeks[0]?.timeInRange ?? 0));
  return [
    {
      status: 'judged',
      kind: 'worsening',
      part: null,
      sightings: shown.map(({ monday }) => ({ day: monday, at: null })),
      of: weeks.length,
      unit: 'weeks',
      expected: null,
      test: 'Student’s t of the slope over weekly means, one-sided',
      p: test.upperP,
      matters: change.value <= -LEAST_LOSS_POINTS,
      effect: { ...change, unit: 'percentage points' },
      text: `Over ${Math.round(span) + 1} weeks time in range ${change.value < 0 ? 'fell' : 'rose'} by ${rounded(Math.abs(change.value))} percentage points (${interval(change)}); in ${shown.length} of ${weeks.length} weeks it was below that of the first.`,
      isNot:
        'A straight line through what was measured, not a forecast; a sensor of another make or a spell of illness looks the same.',
    },
  ];
}
