import type { OverviewPeriod } from '@/api/types';

export const PERIODS = [7, 14, 30, 90] as const;
export type Period = (typeof PERIODS)[number];
export const DEFAULT_PERIOD: Period = 14;

type Address = string | string[] | undefined;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

const isInstant = (value: Address): value is string =>
  typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));

/** `?from=&to=` is a chosen period, `?days=` one of the offered ones; anything else reads as the default. */
export function parsePeriod(query: Record<string, Address>): OverviewPeriod {
  const { from, to, days } = query;
  if (isInstant(from) && isInstant(to) && from < to) return { from, to };
  return { days: PERIODS.find((offered) => String(offered) === days) ?? DEFAULT_PERIOD };
}

/** The same period as a query, to be carried along by other choices. */
export function periodQuery(period: OverviewPeriod): URLSearchParams {
  return new URLSearchParams('days' in period ? { days: String(period.days) } : period);
}
