import type { GlucoseUnit } from '@/api/types';
import { convertGlucose } from '@/format/glucose';
import { fixedDecimals } from '@/format/number-format';
import { formatShare } from '@/format/percent';

/** How the numbers of a check are written; what could not be judged is a dash. */
export const checkFormat = (unit: GlucoseUnit, locale: string) => ({
  error: (mgdl: number | null | undefined): string =>
    isMissing(mgdl) ? '–' : fixedDecimals(locale, unit === 'mg/dL' ? 1 : 2).format(convertGlucose(mgdl, 'mg/dL', unit)),
  share: (part: number | null | undefined): string => (isMissing(part) ? '–' : formatShare(100 * part, locale)),
  number: (value: number | null | undefined, decimals = 0): string =>
    isMissing(value) ? '–' : fixedDecimals(locale, decimals).format(value),
});

const isMissing = (value: number | null | undefined): value is null | undefined =>
  value === null || value === undefined;
