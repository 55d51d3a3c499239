import type { Censoring, GlucoseUnit } from '../glycemia/units.js';

/** One line of a delimited file, split but otherwise untouched. */
export interface SourceRow {
  /** Counted from 1, as an editor shows it. */
  readonly line: number;
  readonly cells: readonly string[];
}

export const cellAt = (row: SourceRow, column: number): string => row.cells[column]?.trim() ?? '';

export const isBlank = (row: SourceRow): boolean => row.cells.every((cell) => cell.trim() === '');

/** The beginning of a text, without half of a character at its end. */
export const clip = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '');

export type ReadingKind = 'cgm' | 'fingerstick' | 'calibration';

/** A cell of a row as the file spells it. */
export interface QuotedCell {
  readonly column: string;
  readonly value: string;
}

export interface ImportedReading {
  readonly line: number;
  /** What stands in the file, for those who find fault with the reading later. */
  readonly timeCell: QuotedCell;
  readonly glucoseCell: QuotedCell;
  /** Seconds since the epoch. */
  readonly instant: number;
  /** Ten times the native value; the device limit where `censored` is set. */
  readonly tenths: number;
  readonly unit: GlucoseUnit;
  readonly censored: Censoring | null;
  readonly kind: ReadingKind;
  /** What the file calls the device that reported it: receiver, phone or reader; may be empty. */
  readonly device: string;
}

export type ImportedRecord = {
  readonly line: number;
  readonly amountCell: QuotedCell;
  /** Seconds since the epoch. */
  readonly instant: number;
} & RecordEntry;

export type RecordEntry =
  | { readonly kind: 'insulin-dose'; readonly action: 'rapid' | 'long'; readonly units: number }
  | { readonly kind: 'meal'; readonly carbsGrams: number };

/** Why a row was rejected. Clients switch on these: add or deprecate, never rename. */
export type RowErrorCode =
  | 'TIME_MISSING'
  | 'TIME_UNREADABLE'
  | 'GLUCOSE_MISSING'
  | 'GLUCOSE_UNREADABLE'
  | 'GLUCOSE_OUT_OF_BOUNDS'
  | 'AMOUNT_UNREADABLE'
  | 'EVENT_UNKNOWN';

export interface RowError {
  readonly line: number;
  /** The column's name as the file spells it. */
  readonly column: string;
  /** What stood there: shown to the uploader, never logged. */
  readonly value: string;
  readonly code: RowErrorCode;
  readonly message: string;
}

/** Rows that are read and understood but hold no reading: counted, so that no row of a file goes unexplained. */
export type IgnoredCode =
  'blank' | 'person' | 'device' | 'alert' | 'exercise' | 'health' | 'scan' | 'ketone' | 'note' | 'other';

export interface RowOutcome {
  readonly reading: ImportedReading | null;
  readonly records: readonly ImportedRecord[];
  readonly error: RowError | null;
  readonly ignored: IgnoredCode | null;
}
