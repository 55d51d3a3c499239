import { readHead, readRows, splitHead } from '../../common/csv/delimited-rows.js';
import { DELIMITERS, MalformedRowsError } from '../../common/csv/row-splitter.js';
import { detectEncoding, type BinaryKind, type ByteSource } from '../../common/csv/text-encoding.js';
import { detectExport, refuseRows, type Refusal } from '../../domain/import/detection.js';
import type { DateOrderDecision } from '../../domain/import/date-order.js';
import type { SourceRow } from '../../domain/import/rows.js';
import { ExportSurvey } from '../../domain/import/survey.js';
import type { VendorExport } from '../../domain/import/vendor-export.js';

const BINARY_REFUSALS: Readonly<Record<BinaryKind, string>> = {
  image: 'The file is an image.',
  pdf: 'The file is a PDF report.',
  archive: 'The file is an archive or a spreadsheet workbook: unpack it, or save the sheet as CSV.',
  binary: 'The file is not text.',
};

/** A vendor export on disk: recognised and surveyed, ready to be read row by row. */
export interface ExportFile {
  readonly vendorExport: VendorExport;
  readonly rowCount: number;
  readonly dates: Exclude<DateOrderDecision, { status: 'mixed' }>;
  rows(): AsyncGenerator<SourceRow>;
}

/** Reads a file once from end to end to learn what it is and how it writes its dates; memory does not grow with its length. */
export async function openExportFile(bytes: ByteSource): Promise<ExportFile | { readonly refusal: Refusal }> {
  const detected = await detectEncoding(bytes);
  if ('binary' in detected) {
    return {
      refusal: { code: 'FILE_NOT_TEXT', message: `${BINARY_REFUSALS[detected.binary]} Expected a CSV export.` },
    };
  }
  const { encoding } = detected;
  const head = await readHead(bytes, encoding);
  for (const delimiter of DELIMITERS) {
    const vendorExport = detectExport(splitHead(head, delimiter));
    if (vendorExport) return surveyed(vendorExport, () => readRows(bytes, encoding, delimiter));
  }
  const splits = DELIMITERS.map((delimiter) => splitHead(head, delimiter));
  return { refusal: refuseRows(splits.reduce((best, rows) => (cellCount(rows) > cellCount(best) ? rows : best))) };
}

const cellCount = (rows: readonly SourceRow[]): number => rows.reduce((sum, row) => sum + row.cells.length, 0);

async function surveyed(
  vendorExport: VendorExport,
  rows: () => AsyncGenerator<SourceRow>,
): Promise<ExportFile | { readonly refusal: Refusal }> {
  const survey = new ExportSurvey(vendorExport);
  try {
    for await (const row of rows()) survey.push(row);
  } catch (error) {
    if (!(error instanceof MalformedRowsError)) throw error;
    const message = `A quotation mark opened at or after line ${error.line} is never closed: export the file again.`;
    return { refusal: { code: 'FILE_MALFORMED', message } };
  }
  const { rows: rowCount, dates } = survey.finish();
  if (dates.status === 'mixed') {
    const message = `Some dates have the day first and others the month (${dates.samples.join(', ')}): a spreadsheet has turned part of them around. Import the original export.`;
    return { refusal: { code: 'DATES_MIXED', message } };
  }
  return { vendorExport, rowCount, dates, rows };
}
