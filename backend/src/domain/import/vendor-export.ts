import type { GlucoseUnit } from '../glycemia/units.js';
import type { DeviceTick } from './device-clock.js';
import type { DeviceLimits } from './glucose-cell.js';
import type { IgnoredCode, ReadingKind, SourceRow } from './rows.js';

export type ExportFormat = 'dexcom-clarity' | 'libreview';

/** What one row says, before its time and its numbers are read. Columns are indexes into the row. */
export interface RowContent {
  readonly glucose: { readonly kind: ReadingKind; readonly column: number; readonly wordBeside: string } | null;
  readonly amounts: readonly AmountCell[];
  /** Set where the row holds neither. */
  readonly ignored: IgnoredCode | 'unknown' | null;
}

export type AmountCell =
  | { readonly kind: 'insulin-dose'; readonly action: 'rapid' | 'long'; readonly column: number }
  | { readonly kind: 'meal'; readonly column: number };

/** A recognised export: its header understood, its rows ready to be read one by one. */
export interface VendorExport {
  readonly format: ExportFormat;
  readonly unit: GlucoseUnit;
  readonly limits: DeviceLimits;
  readonly headerLine: number;
  /** Column names as the file spells them. */
  readonly columns: readonly string[];
  readonly timeColumn: number;
  /** When the file says it was made, in the account's own date order. */
  readonly exportStamp: string | null;
  contentOf(row: SourceRow): RowContent;
  deviceOf(row: SourceRow): string;
  /** Rows of one series were written by one device one after the other. */
  seriesOf(row: SourceRow): string;
  tickOf(row: SourceRow): DeviceTick | null;
}

export const ignoring = (ignored: IgnoredCode | 'unknown'): RowContent => ({ glucose: null, amounts: [], ignored });
