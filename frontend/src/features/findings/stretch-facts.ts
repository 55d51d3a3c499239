import type { GlucoseStretch, GlucoseUnit } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { fixedDecimals } from '@/format/number-format';
import { formatInstant } from '@/format/time';

/** What messages say of a stretch of glucose. */
export function stretchFacts(stretch: GlucoseStretch, timeZone: string, unit: GlucoseUnit, locale: string) {
  const { from, until, levelMgdl, lowestMgdl, highestMgdl } = stretch;
  return {
    from: formatInstant(from, timeZone, locale),
    until: formatInstant(until, timeZone, locale),
    mean: formatGlucose(levelMgdl, unit, locale),
    lowest: formatGlucose(lowestMgdl, unit, locale),
    highest: formatGlucose(highestMgdl, unit, locale),
    unit,
  };
}

export const likenessInWords = (value: number | null, locale: string): string =>
  value === null ? '–' : fixedDecimals(locale, 2).format(value);
