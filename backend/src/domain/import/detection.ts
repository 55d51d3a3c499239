import { detectClarity } from './clarity.js';
import { headerKey } from './header-text.js';
import { detectLibreView } from './libreview.js';
import { isBlank, type SourceRow } from './rows.js';
import type { VendorExport } from './vendor-export.js';

/** Why a whole file is turned away. Clients switch on these: add or deprecate, never rename. */
export type RefusalCode =
  | 'FILE_EMPTY'
  | 'FILE_NOT_TEXT'
  | 'FILE_IS_HTML'
  | 'FILE_IS_JSON'
  | 'FILE_MALFORMED'
  | 'FORMAT_UNSUPPORTED'
  | 'FORMAT_UNKNOWN'
  | 'DATES_MIXED';

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
}

/** An export's header stands within the first lines of the file. */
export const HEADER_SEARCH_LINES = 15;

const EXPECTED = 'Expected a Dexcom Clarity or LibreView export (CSV).';

/** The vendor's export whose header is among the first rows; null where there is none. */
export function detectExport(head: readonly SourceRow[]): VendorExport | null {
  const rows = head.slice(0, HEADER_SEARCH_LINES);
  for (const [index, row] of rows.entries()) {
    const found = detectClarity(row) ?? detectLibreView(row, rows.slice(0, index));
    if (found) return found;
  }
  return null;
}

/** In words that help: what the file appears to be instead, from its first rows (split at commas, semicolons or tabs). */
export function refuseRows(head: readonly SourceRow[]): Refusal {
  const rows = head.filter((row) => !isBlank(row));
  if (rows.length === 0) return { code: 'FILE_EMPTY', message: `The file is empty. ${EXPECTED}` };
  const text = rows.map((row) => row.cells.map(headerKey).join(' ')).join('\n');
  if (/^<(!doctype|html|\?xml)/.test(text)) {
    return {
      code: 'FILE_IS_HTML',
      message: `The file is a web page, often a sign-in page saved by mistake. ${EXPECTED}`,
    };
  }
  if (/^[[{]/.test(text))
    return { code: 'FILE_IS_JSON', message: `The file is JSON, not an export in CSV form. ${EXPECTED}` };
  const vendor = otherVendor(text);
  if (vendor)
    return {
      code: 'FORMAT_UNSUPPORTED',
      message: `This looks like a file from ${vendor}, which cannot be imported. ${EXPECTED}`,
    };
  return {
    code: 'FORMAT_UNKNOWN',
    message: `No glucose export was recognised in the first ${HEADER_SEARCH_LINES} lines. ${EXPECTED}`,
  };
}

function otherVendor(text: string): string | null {
  if (/-------.*(pump|sensor|minimed|guardian)|minimed|medtronic|sensor glucose/.test(text))
    return 'Medtronic CareLink';
  if (/^name:.*date range:|cgm glucose value/.test(text)) return 'Glooko';
  if (/^\d{4}-\d\d-\d\dt\S+z? \d{13} /.test(text) || /cgm entries/.test(text)) return 'Nightscout';
  if (/udt_cgms/.test(text)) return 'xDrip+';
  return null;
}
