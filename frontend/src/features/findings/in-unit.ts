import type { GlucoseUnit } from '@/api/types';
import { formatDifference, formatGlucose } from '@/format/glucose';

const AMOUNT = /\{(level|difference|change):(-?[\d.]+)\}/g;

/** A text of the API in the unit of its reader: it names amounts of glucose in mg/dL, as `{level:70}`. */
export function textInUnit(text: string, unit: GlucoseUnit, locale: string): string {
  return text.replace(AMOUNT, (_, what: string, mgdl: string) => {
    if (what === 'level') return `${formatGlucose(Number(mgdl), unit, locale)} ${unit}`;
    const size = formatDifference(Number(mgdl), unit, locale);
    return what === 'change' ? size : `${size.replace('+', '')} ${unit}`;
  });
}

/** An answer with all of its texts in the unit of its reader; numbers stay in mg/dL. */
export function inUnit<T>(answer: T, unit: GlucoseUnit, locale: string): T {
  if (typeof answer === 'string') return textInUnit(answer, unit, locale) as T;
  if (Array.isArray(answer)) return answer.map((one: unknown) => inUnit(one, unit, locale)) as T;
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, inUnit(value, unit, locale)])) as T;
}
