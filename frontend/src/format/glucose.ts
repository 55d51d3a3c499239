import type { GlucoseUnit } from '@/api/types';
import { fixedDecimals } from './number-format';

/** mg/dL in one mmol/L; the one factor of the whole system. */
export const MGDL_PER_MMOLL = 18.01559;

export function convertGlucose(value: number, from: GlucoseUnit, to: GlucoseUnit): number {
  if (from === to) return value;
  return to === 'mmol/L' ? value / MGDL_PER_MMOLL : value * MGDL_PER_MMOLL;
}

/** A number without its unit: whole mg/dL, mmol/L with one decimal. */
export function formatGlucose(mgdl: number, unit: GlucoseUnit, locale: string): string {
  return formatReading(mgdl, 'mg/dL', unit, locale);
}

/** A limit to stay below, rounded up (154 mg/dL is 8.6 mmol/L), so that a value that prints the limit has not met it. */
export function formatUpperLimit(mgdl: number, unit: GlucoseUnit, locale: string): string {
  if (unit === 'mg/dL') return formatGlucose(mgdl, unit, locale);
  return fixedDecimals(locale, 1).format(Math.ceil(convertGlucose(mgdl, 'mg/dL', unit) * 10) / 10);
}

/** Keeps the reported value untouched when it is already in the unit shown. */
export function formatReading(value: number, from: GlucoseUnit, to: GlucoseUnit, locale: string): string {
  const digits = to === 'mmol/L' ? 1 : 0;
  return fixedDecimals(locale, digits).format(convertGlucose(value, from, to));
}

/** From here on a tenth of a mmol/L, or a whole mg/dL, says enough of a difference. */
const LARGE_MGDL = 10;

/** A difference with its sign; smaller ones with a decimal more than levels have. A difference converts as a level does. */
export function formatDifference(mgdl: number, unit: GlucoseUnit, locale: string): string {
  const digits = (unit === 'mmol/L' ? 1 : 0) + (Math.abs(mgdl) >= LARGE_MGDL ? 0 : 1);
  return signed(convertGlucose(mgdl, 'mg/dL', unit), digits, locale);
}

/** Signed change per minute; a plain hyphen would be read as a dash, hence the minus sign. */
export function formatRate(mgdlPerMinute: number, unit: GlucoseUnit, locale: string): string {
  const digits = unit === 'mmol/L' ? 2 : 1;
  return signed(convertGlucose(mgdlPerMinute, 'mg/dL', unit), digits, locale);
}

function signed(value: number, digits: number, locale: string): string {
  const size = fixedDecimals(locale, digits).format(Math.abs(value));
  if (Number(Math.abs(value).toFixed(digits)) === 0) return size;
  return `${value > 0 ? '+' : '−'}${size}`;
}
