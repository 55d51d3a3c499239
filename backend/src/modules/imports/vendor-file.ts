import { settleDateOrder } from '../../domain/import/date-order.js';
import type { DateOrder } from '../../domain/import/device-time.js';
import type { Refusal } from '../../domain/import/detection.js';
import { ExportImporter } from '../../domain/import/importer.js';
import type { IgnoredCode, ImportedReading, ImportedRecord, RowError } from '../../domain/import/rows.js';
import type { ExportFormat } from '../../domain/import/vendor-export.js';
import { alwaysIn, type ZoneHistory } from '../../domain/time/zone-history.js';
import { fileBytes } from '../../common/csv/text-encoding.js';
import { openExportFile } from './export-file.js';

export type VendorFile =
  | {
      readonly status: 'read';
      readonly format: ExportFormat;
      /** In the order of the file: duplicates and overlapping devices are still there. */
      readonly readings: readonly ImportedReading[];
      readonly records: readonly ImportedRecord[];
      readonly errors: readonly RowError[];
      readonly ignored: ReadonlyMap<IgnoredCode, number>;
    }
  | { readonly status: 'needs-date-order'; readonly format: ExportFormat; readonly samples: readonly string[] }
  | { readonly status: 'refused'; readonly refusal: Refusal };

export interface VendorFileOptions {
  /** The zone of the wearer's clock, or the zones it went through. */
  readonly zone: string | ZoneHistory;
  /** Used only where the file leaves it open. */
  readonly dateOrder?: DateOrder;
}

/** Reads a whole vendor export into memory: for the command line and for tests; an import job streams instead. */
export async function readVendorFile(path: string, options: VendorFileOptions): Promise<VendorFile> {
  const file = await openExportFile(fileBytes(path));
  if ('refusal' in file) return { status: 'refused', refusal: file.refusal };
  const { format } = file.vendorExport;
  const { dates } = file;
  const dateOrder = settleDateOrder(dates, options.dateOrder ?? null);
  if (dateOrder === null) {
    return { status: 'needs-date-order', format, samples: dates.status === 'ambiguous' ? dates.samples : [] };
  }

  const zones = typeof options.zone === 'string' ? alwaysIn(options.zone) : options.zone;
  const importer = new ExportImporter(file.vendorExport, { zones, dateOrder, descending: dates.descending[dateOrder] });
  const readings: ImportedReading[] = [];
  const records: ImportedRecord[] = [];
  const errors: RowError[] = [];
  const ignored = new Map<IgnoredCode, number>();
  for await (const row of file.rows()) {
    const outcome = importer.push(row);
    if (outcome.reading) readings.push(outcome.reading);
    records.push(...outcome.records);
    if (outcome.error) errors.push(outcome.error);
    if (outcome.ignored) ignored.set(outcome.ignored, (ignored.get(outcome.ignored) ?? 0) + 1);
  }
  return { status: 'read', format, readings, records, errors, ignored };
}
