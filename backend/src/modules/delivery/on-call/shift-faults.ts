import type { FieldError } from '../../../common/problem.js';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 31;

/**
 * Why a shift cannot be entered as it is. It has to end after now, and may have begun within the last day: who took the
 * telephone over this morning is entered late, and nobody is entered for last week.
 */
export function shiftFaults(startsAt: Date, endsAt: Date, now: Date): FieldError[] {
  const lasts = endsAt.getTime() - startsAt.getTime();
  if (lasts <= 0) return [{ path: 'endsAt', code: 'empty_period', message: 'Later than startsAt.' }];
  if (lasts > LONGEST_DAYS * DAY_MS)
    return [{ path: 'endsAt', code: 'too_long', message: `${LONGEST_DAYS} days at most.` }];
  if (endsAt <= now) return [{ path: 'endsAt', code: 'over', message: 'Later than now.' }];
  if (now.getTime() - startsAt.getTime() > DAY_MS)
    return [{ path: 'startsAt', code: 'too_early', message: 'Within the last day, or later.' }];
  return [];
}
