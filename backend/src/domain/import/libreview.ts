import type { DeviceLimits } from './glucose-cell.js';
import { columnLabel, columnOf, headerKey, unitInHeader } from './header-text.js';
import { cellAt, type SourceRow } from './rows.js';
import { ignoring, type AmountCell, type RowContent, type VendorExport } from './vendor-export.js';

/** FreeStyle Libre outside the USA: 40 to 500 mg/dL, 2.2 to 27.8 mmol/L. */
const LIMITS: DeviceLimits = { 'mg/dL': { low: 400, high: 5000 }, 'mmol/L': { low: 22, high: 278 } };

const HEADERS = {
  time: /^((device|meter) timestamp|ger.{0,2}tezeitstempel|horodatage (de l'appareil|du lecteur))$/,
  type: /^(record type|aufzeichnungstyp|type d'enregistrement)$/,
  historic: /^(historic glucose|glukosewert-verlauf|historique de la glyc.{0,2}mie)\b/,
  scan: /^(scan glucose|glukose-scan|(num.{0,2}risation|scan) de (la )?glyc.{0,2}mie)\b/,
  strip: /^(strip glucose|glukose-teststreifen|teststreifen-glukose|.*\bbandelette\b)/,
  serial: /^(serial number|seriennummer|num.{0,2}ro de s.{0,2}rie)$/,
  rapid: /^(rapid-acting insulin|schnellwirkendes insulin|insuline .{0,2} action rapide) \(/,
  long: /^(long-acting insulin( value)?|depotinsulin|langwirkendes insulin|insuline .{0,2} action (lente|longue|prolong.{1,3})) \(/,
  carbs: /^(carbohydrates|kohlenhydrate|glucides) \(gram/,
  ketone: /^(ketone|keton|c.{0,2}tone)/,
} as const;

const GENERATED_ON = /^(generated on|erstellt am|(g.{1,2}n.{1,2}r.{1,2}|cr.{1,4}) le)\b/;
const FINGERSTICK_TYPE = '2';
const HISTORIC_TYPE = '0';

/**
 * A LibreView export, found by the names of its columns; null where this row is not its header. `preamble` is what stands
 * above it: the title with the date of the export, in clinic reports the patient's name.
 */
export function detectLibreView(header: SourceRow, preamble: readonly SourceRow[]): VendorExport | null {
  const keys = header.cells.map(headerKey);
  const column = (name: keyof typeof HEADERS) => columnOf(keys, HEADERS[name]);
  const time = column('time');
  const historic = column('historic');
  const unit = unitInHeader(keys[historic] ?? '');
  if (time < 0 || unit === null) return null;
  const [type, scan, strip, serial, ketone] = [
    column('type'),
    column('scan'),
    column('strip'),
    column('serial'),
    column('ketone'),
  ];
  const amountColumns: readonly AmountCell[] = [
    { kind: 'insulin-dose' as const, action: 'rapid' as const, column: column('rapid') },
    { kind: 'insulin-dose' as const, action: 'long' as const, column: column('long') },
    { kind: 'meal' as const, column: column('carbs') },
  ].filter((amount) => amount.column >= 0);

  /** The filled column says what a row is: clinic reports of 2018 number their historic rows 1, which elsewhere is a scan. */
  const contentOf = (row: SourceRow): RowContent => {
    const filled = (index: number) => cellAt(row, index) !== '';
    const code = cellAt(row, type);
    if (filled(historic) || (code === HISTORIC_TYPE && !filled(scan))) {
      return { glucose: { kind: 'cgm', column: historic, wordBeside: '' }, amounts: [], ignored: null };
    }
    if (filled(scan)) return ignoring('scan');
    const amounts = amountColumns.filter((amount) => filled(amount.column));
    const isStrip = filled(strip) || code === FINGERSTICK_TYPE;
    const glucose = isStrip ? ({ kind: 'fingerstick', column: strip, wordBeside: '' } as const) : null;
    if (glucose || amounts.length > 0) return { glucose, amounts, ignored: null };
    return ignoring(filled(ketone) ? 'ketone' : 'note');
  };

  return {
    format: 'libreview',
    unit,
    limits: LIMITS,
    headerLine: header.line,
    columns: header.cells.map(columnLabel),
    timeColumn: time,
    exportStamp: stampIn(preamble),
    contentOf,
    deviceOf: (row) => cellAt(row, serial),
    seriesOf: (row) => `${cellAt(row, serial)}|${cellAt(row, type)}`,
    tickOf: () => null,
  };
}

/** The date after "Generated on": in the next cell, in one French source in the same one. */
function stampIn(preamble: readonly SourceRow[]): string | null {
  for (const row of preamble) {
    const label = row.cells.findIndex((cell) => GENERATED_ON.test(headerKey(cell)));
    if (label < 0) continue;
    return (
      headerKey(row.cells[label] ?? '')
        .replace(GENERATED_ON, '')
        .trim() ||
      cellAt(row, label + 1) ||
      null
    );
  }
  return null;
}
