import type { GlucoseUnit } from '@/api/types';
import { formatReading } from '@/format/glucose';

const CENSORED = { low: '<', high: '>' } as const;

interface Value {
  readonly value: number;
  readonly unit: GlucoseUnit;
  readonly censored: 'low' | 'high' | null;
}

/** "<40" where the sensor reads no further, without the unit. */
export function valueAlone({ value, unit, censored }: Value, shown: GlucoseUnit, locale: string): string {
  return `${censored ? CENSORED[censored] : ''}${formatReading(value, unit, shown, locale)}`;
}

export const valueInWords = (value: Value, shown: GlucoseUnit, locale: string): string =>
  `${valueAlone(value, shown, locale)} ${shown}`;
