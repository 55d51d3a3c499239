import type { PersonHistory } from '../causality/person-history.js';
import { localDayAt, startOfDayAt } from '../time/zone-history.js';
import type { AnalysisWindow } from './coverage.js';

/** The first and the last of a person's local days that lie in a window as a whole. Empty where the last comes first. */
export function localDaysOf({ zones }: PersonHistory, { from, to }: AnalysisWindow): [first: number, last: number] {
  const first = localDayAt(zones, from);
  return [startOfDayAt(zones, first) < from ? first + 1 : first, localDayAt(zones, to) - 1];
}
