import type { ZoneHistory } from '../time/zone-history.js';
import { DeviceClock } from './device-clock.js';
import { parseDeviceTime, wallOf, type DateOrder } from './device-time.js';
import { parseDecimal, readGlucose } from './glucose-cell.js';
import { cellAt, clip, isBlank } from './rows.js';
import type { ImportedReading, ImportedRecord, QuotedCell, RowErrorCode, RowOutcome, SourceRow } from './rows.js';
import type { AmountCell, RowContent, VendorExport } from './vendor-export.js';

export interface ImportSettings {
  /** The zones the wearer's clock followed. */
  readonly zones: ZoneHistory;
  readonly dateOrder: DateOrder;
  /** The file runs newest first. */
  readonly descending: boolean;
}

const MESSAGES: Readonly<Record<RowErrorCode, string>> = {
  TIME_MISSING: 'The row has a value but no time.',
  TIME_UNREADABLE: 'The time is not a date and time that this file uses.',
  GLUCOSE_MISSING: 'The row is a glucose reading without a value.',
  GLUCOSE_UNREADABLE: 'The glucose value is neither a number nor a word such as Low or High.',
  GLUCOSE_OUT_OF_BOUNDS: 'The glucose value is outside 10 to 1,000 mg/dL (0.6 to 55 mmol/L).',
  AMOUNT_UNREADABLE: 'The amount is not a number.',
  EVENT_UNKNOWN: 'The row carries a glucose value under an event type that is not known.',
};

const LONGEST_QUOTED_VALUE = 80;
const NOTHING: RowOutcome = { reading: null, records: [], error: null, ignored: null };

/** Second pass over an export: each row after the header becomes a reading, records, a row error or an ignored row. */
export class ExportImporter {
  private readonly clock: DeviceClock;

  constructor(
    private readonly vendorExport: VendorExport,
    private readonly settings: ImportSettings,
  ) {
    this.clock = new DeviceClock(settings.zones, settings.descending);
  }

  push(row: SourceRow): RowOutcome {
    if (row.line <= this.vendorExport.headerLine) return NOTHING;
    if (isBlank(row)) return { ...NOTHING, ignored: 'blank' };
    const content = this.vendorExport.contentOf(row);
    if (content.ignored === 'unknown') return this.reject(row, this.vendorExport.timeColumn, 'EVENT_UNKNOWN');
    if (content.ignored) return { ...NOTHING, ignored: content.ignored };
    return this.readTimed(row, content);
  }

  private readTimed(row: SourceRow, content: RowContent): RowOutcome {
    const { timeColumn } = this.vendorExport;
    const text = cellAt(row, timeColumn);
    if (text === '') return this.reject(row, timeColumn, 'TIME_MISSING');
    const time = parseDeviceTime(text);
    const wall = time && time.seconds !== null ? wallOf(time, this.settings.dateOrder) : Number.NaN;
    if (Number.isNaN(wall)) return this.reject(row, timeColumn, 'TIME_UNREADABLE');
    const instant = this.clock.instantOf(wall, this.vendorExport.seriesOf(row), this.vendorExport.tickOf(row));
    return this.readValues(row, content, instant);
  }

  private readValues(row: SourceRow, content: RowContent, instant: number): RowOutcome {
    let reading: ImportedReading | null = null;
    if (content.glucose) {
      const { unit, limits } = this.vendorExport;
      const { column, wordBeside, kind } = content.glucose;
      const cell = readGlucose(cellAt(row, column), wordBeside, unit, limits);
      if ('problem' in cell) return this.reject(row, column, cell.problem);
      reading = {
        line: row.line,
        timeCell: this.quote(row, this.vendorExport.timeColumn),
        glucoseCell: this.quote(row, column),
        instant,
        ...cell,
        unit,
        kind,
        device: this.vendorExport.deviceOf(row),
      };
    }
    const records: ImportedRecord[] = [];
    for (const amount of content.amounts) {
      const value = parseDecimal(cellAt(row, amount.column));
      if (value === null) return { ...this.reject(row, amount.column, 'AMOUNT_UNREADABLE'), reading, records };
      records.push(this.record(row, instant, amount, value));
    }
    return { reading, records, error: null, ignored: null };
  }

  private record(row: SourceRow, instant: number, amount: AmountCell, value: number): ImportedRecord {
    const base = { line: row.line, amountCell: this.quote(row, amount.column), instant };
    return amount.kind === 'meal'
      ? { ...base, kind: 'meal', carbsGrams: value }
      : { ...base, kind: 'insulin-dose', action: amount.action, units: value };
  }

  private reject(row: SourceRow, column: number, code: RowErrorCode): RowOutcome {
    return { ...NOTHING, error: { line: row.line, ...this.quote(row, column), code, message: MESSAGES[code] } };
  }

  private quote(row: SourceRow, column: number): QuotedCell {
    return {
      column: clip(this.vendorExport.columns[column] ?? '', LONGEST_QUOTED_VALUE),
      value: clip(cellAt(row, column), LONGEST_QUOTED_VALUE),
    };
  }
}
