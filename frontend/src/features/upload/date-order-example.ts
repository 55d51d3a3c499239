import { formatDay } from '@/format/time';

/**
 * How an ambiguous date such as "03-04-2021 08:15" reads in either order, as "3 April 2021" or "4 March 2021".
 * `null` where the text is no such date; the question is then asked without an example.
 */
export function readBothWays(sample: string, locale: string): { dayFirst: string; monthFirst: string } | null {
  const match = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\b/.exec(sample);
  const [, first, second, year] = match ?? [];
  if (!first || !second || !year) return null;
  const read = (day: string, month: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const days = [read(first, second), read(second, first)];
  const [dayFirst, monthFirst] = days.map((day) =>
    Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? null : formatDay(day, locale, 'long'),
  );
  return dayFirst && monthFirst ? { dayFirst, monthFirst } : null;
}
