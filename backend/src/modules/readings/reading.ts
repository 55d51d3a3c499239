import { type Censoring, type GlucoseUnit, sampleFlags } from '../../domain/glycemia/units.js';

export type ReadingKind = 'cgm' | 'fingerstick' | 'calibration';

/** Bits beside those of `units.ts`: what is not a sensor's own reading. */
export const FLAG_FINGERSTICK = 8;
export const FLAG_CALIBRATION = 16;

const KIND_FLAGS = { cgm: 0, fingerstick: FLAG_FINGERSTICK, calibration: FLAG_CALIBRATION } as const;

/** A reading on its way in. Its bounds are checked by `ReadingsService.ingest`. */
export interface NewReading {
  /** When it was measured, whole milliseconds since the epoch. */
  readonly at: number;
  /** Ten times the value in `unit`. */
  readonly tenths: number;
  readonly unit: GlucoseUnit;
  readonly kind: ReadingKind;
  readonly censored: Censoring | null;
  /** The name of its source, where it is not the one that all the others come from. */
  readonly source?: string | null;
}

/** A reading as the table holds it: `flags` has the unit too. */
export interface StoredReading {
  readonly at: number;
  readonly source: number;
  readonly tenths: number;
  readonly flags: number;
}

export const READING_FAULTS = [
  'INVALID_ROW',
  'INVALID_INSTANT',
  'INVALID_VALUE',
  'INVALID_UNIT',
  'INVALID_KIND',
  'INVALID_CENSORED',
  'INVALID_SOURCE',
  'OUT_OF_RANGE',
  'TOO_MANY_DECIMALS',
  'BEFORE_1900',
  'AHEAD_OF_TIME',
  'TOO_MANY_SOURCES',
  'CONFLICT',
] as const;

/** Why a row was not stored. Names the field and never repeats its value. */
export interface RowFault {
  readonly code: (typeof READING_FAULTS)[number];
  readonly field: string;
  readonly message: string;
}

export const isFault = (row: NewReading | RowFault): row is RowFault => 'code' in row;

export const flagsOf = ({ unit, kind, censored }: NewReading): number => sampleFlags(unit, censored) | KIND_FLAGS[kind];

export const isSensorReading = (flags: number): boolean => (flags & (FLAG_FINGERSTICK | FLAG_CALIBRATION)) === 0;

export function kindOf(flags: number): ReadingKind {
  if ((flags & FLAG_FINGERSTICK) !== 0) return 'fingerstick';
  return (flags & FLAG_CALIBRATION) === 0 ? 'cgm' : 'calibration';
}
