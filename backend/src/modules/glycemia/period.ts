import * as z from 'zod';
import { Problem } from '../../common/problem.js';
import { Day, Instant } from '../../common/wire.js';
import { anchoredPeriod, type AnchoredPeriod } from '../../domain/glycemia/anchored-period.js';
import { localDayAt } from '../../domain/time/zone-history.js';
import type { PatientFacts } from './patient-facts.repository.js';

const DEFAULT_DAYS = 14;
const LONGEST_DAYS = 366;

/** `days` back from now or from the last reading, or `[from, to)` as chosen. */
export const PeriodQuery = z.object({
  days: z.coerce.number().int().min(1).max(LONGEST_DAYS).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});
export type PeriodQuery = z.infer<typeof PeriodQuery>;

/** Local dates, both inclusive. */
export const DaysQuery = z.object({ from: Day.optional(), to: Day.optional() });
export type DaysQuery = z.infer<typeof DaysQuery>;

export interface ReportPeriod extends Omit<AnchoredPeriod, 'anchoredAt'> {
  readonly anchoredAt: AnchoredPeriod['anchoredAt'] | 'chosen';
}

/** The period a caller asked for; 14 days back where nothing was asked. */
export function periodOf(query: PeriodQuery, facts: PatientFacts, now: Date): ReportPeriod {
  const nowSeconds = now.getTime() / 1000;
  if (query.from === undefined && query.to === undefined) {
    return anchoredPeriod(facts.zones, query.days ?? DEFAULT_DAYS, nowSeconds, facts.lastReadingAt);
  }
  const to = query.to === undefined ? nowSeconds : Date.parse(query.to) / 1000;
  const from = query.from === undefined ? to - (query.days ?? DEFAULT_DAYS) * 86_400 : Date.parse(query.from) / 1000;
  if (from >= to) throw outOfOrder('to', 'must be later than from');
  if (to - from > LONGEST_DAYS * 86_400) throw outOfOrder('from', `may lie at most ${LONGEST_DAYS} days before to`);
  const firstDay = localDayAt(facts.zones, from);
  return { from, to, now: nowSeconds, firstDay, lastDay: localDayAt(facts.zones, to - 1), anchoredAt: 'chosen' };
}

export const outOfOrder = (path: string, message: string): Problem =>
  new Problem('INVALID_INPUT', 'The period is not valid.', [{ path, code: 'invalid_period', message }]);
