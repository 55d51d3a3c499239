import { type Censoring, type GlucoseUnit, REPORTABLE_TENTHS } from '../glycemia/units.js';
import { headerKey } from './header-text.js';

/** Where a device stops telling values apart, in tenths of the unit. */
export type DeviceLimits = Readonly<Record<GlucoseUnit, { readonly low: number; readonly high: number }>>;

const BELOW_RANGE = new Set(['low', 'lo', 'niedrig', 'tief', 'bas', 'basse', 'faible']);
const ABOVE_RANGE = new Set(['high', 'hi', 'hoch', 'haut', 'haute', 'eleve', 'elevee']);

/** The side on which a sensor left its range, from the word it shows instead of a number. */
export function censoringWord(text: string): Censoring | null {
  if (text === '' || /^\d/.test(text)) return null;
  const key = headerKey(text);
  if (BELOW_RANGE.has(key)) return 'low';
  return ABOVE_RANGE.has(key) ? 'high' : null;
}

/** A number with a decimal point or comma; null where the text is none. */
export function parseDecimal(text: string): number | null {
  return /^[+-]?\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

export type GlucoseCell =
  | { readonly tenths: number; readonly censored: Censoring | null }
  | { readonly problem: 'GLUCOSE_MISSING' | 'GLUCOSE_UNREADABLE' | 'GLUCOSE_OUT_OF_BOUNDS' };

/**
 * A glucose cell in tenths of its unit. A word for "out of range", in the cell or beside it, makes a censored value at the
 * device limit, whatever number a re-save left in the cell: the sensor measured none.
 */
export function readGlucose(text: string, wordBeside: string, unit: GlucoseUnit, limits: DeviceLimits): GlucoseCell {
  const censored = censoringWord(text) ?? censoringWord(wordBeside);
  if (censored) return { tenths: limits[unit][censored], censored };
  if (text === '') return { problem: 'GLUCOSE_MISSING' };
  const value = parseDecimal(text);
  if (value === null) return { problem: 'GLUCOSE_UNREADABLE' };
  const tenths = Math.round(value * 10);
  if (tenths < REPORTABLE_TENTHS[unit].low || tenths > REPORTABLE_TENTHS[unit].high)
    return { problem: 'GLUCOSE_OUT_OF_BOUNDS' };
  return { tenths, censored: null };
}
