import { DateOrderEvidence, type DateOrderDecision } from './date-order.js';
import { parseDeviceTime } from './device-time.js';
import { cellAt, type SourceRow } from './rows.js';
import type { VendorExport } from './vendor-export.js';

/** First pass over an export: what only the whole column can tell. Push every row after the header, then `finish`. */
export class ExportSurvey {
  private readonly evidence = new DateOrderEvidence();
  private rows = 0;

  constructor(private readonly vendorExport: VendorExport) {}

  push(row: SourceRow): void {
    if (row.line <= this.vendorExport.headerLine) return;
    this.rows++;
    const text = cellAt(row, this.vendorExport.timeColumn);
    const time = text === '' ? null : parseDeviceTime(text);
    if (time) this.evidence.see(time, text, this.vendorExport.seriesOf(row));
  }

  finish(): { readonly rows: number; readonly dates: DateOrderDecision } {
    return { rows: this.rows, dates: this.evidence.decide(this.vendorExport.exportStamp) };
  }
}
