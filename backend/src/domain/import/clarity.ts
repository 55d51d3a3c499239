import { parseDecimal, type DeviceLimits } from './glucose-cell.js';
import { columnLabel, columnOf, headerKey, unitInHeader } from './header-text.js';
import { cellAt, type IgnoredCode, type SourceRow } from './rows.js';
import { ignoring, type RowContent, type VendorExport } from './vendor-export.js';

/** Dexcom G4 to G7: 40 to 400 mg/dL, 2.2 to 22.2 mmol/L. */
const LIMITS: DeviceLimits = { 'mg/dL': { low: 400, high: 4000 }, 'mmol/L': { low: 22, high: 222 } };

const HEADERS = {
  time: /^(timestamp|zeitstempel|horodatage|horodateur)\b/,
  event: /^(event type|ereignistyp|type d'.{0,2}v.{0,2}nement)$/,
  subtype: /^(event subtype|ereignisuntertyp|sous-type d'.{0,2}v.{0,2}nement)$/,
  device: /^(source device id|quellger.{0,2}te-id|id de l'appareil source)$/,
  glucose: /^(glucose value|glukosewert|valeur d[ue] (la )?(glucose|glyc.{0,2}mie))\b/,
  insulin: /^(insulin value|insulinwert|valeur d[e']( l')?insuline)\b/,
  carbs: /^(carb value|kohlenhydratwert|valeur d?e?s? ?glucid(es|ique))\b/,
  transmitterTime: /^(transmitter time|transmitter-?zeit|sender-?zeit|temps du transmetteur|heure du transmetteur)\b/,
  transmitter: /^(transmitter id|transmitter-id|sender-id|id du transmetteur)$/,
} as const;

type Event = 'egv' | 'calibration' | 'insulin' | 'carbs' | IgnoredCode;

/** Event types in English, German and French, without accents and spaces. Only `egv` is the sensor; an alert's number is a threshold. */
const EVENT_NAMES: Readonly<Partial<Record<Event, readonly string[]>>> = {
  egv: ['egv', 'egw', 'veg', 'vge'],
  calibration: ['calibration', 'kalibrierung', 'etalonnage'],
  insulin: ['insulin', 'insuline'],
  carbs: ['carbs', 'kohlenhydrate', 'glucides'],
  alert: ['alert', 'alarm', 'warnung', 'alerte', 'alarme'],
  device: ['device', 'gerat', 'appareil'],
  person:
    'firstname lastname patientidentifier dateofbirth vorname nachname patienten-id geburtsdatum prenom nom'.split(' '),
  exercise: ['exercise', 'bewegung', 'training', 'exercice'],
  health: ['health', 'gesundheit', 'sante'],
  note: ['note', 'notes', 'notiz', 'notizen'],
};

const eventByName = new Map<string, Event>();
for (const [event, names] of Object.entries(EVENT_NAMES)) {
  for (const name of names) eventByName.set(name, event as Event);
}

/** A Dexcom Clarity export, found by the names of its columns; null where this row is not its header. */
export function detectClarity(header: SourceRow): VendorExport | null {
  const keys = header.cells.map(headerKey);
  const column = (name: keyof typeof HEADERS) => columnOf(keys, HEADERS[name]);
  const time = column('time');
  const event = column('event');
  const glucose = column('glucose');
  const unit = unitInHeader(keys[glucose] ?? '');
  if (time < 0 || event < 0 || unit === null) return null;
  const [subtype, device, insulin, carbs] = [column('subtype'), column('device'), column('insulin'), column('carbs')];
  const [transmitterTime, transmitter] = [column('transmitterTime'), column('transmitter')];

  const contentOf = (row: SourceRow): RowContent => {
    const type = eventOf(cellAt(row, event));
    const word = cellAt(row, subtype);
    if (type === 'egv')
      return { glucose: { kind: 'cgm', column: glucose, wordBeside: word }, amounts: [], ignored: null };
    if (type === 'calibration') {
      return { glucose: { kind: 'calibration', column: glucose, wordBeside: '' }, amounts: [], ignored: null };
    }
    if (type === 'insulin') {
      const action = /long|lang|lent/.test(headerKey(word)) ? 'long' : 'rapid';
      return { glucose: null, amounts: [{ kind: 'insulin-dose', action, column: insulin }], ignored: null };
    }
    if (type === 'carbs') return { glucose: null, amounts: [{ kind: 'meal', column: carbs }], ignored: null };
    if (type !== null) return ignoring(type);
    // A name this product does not know: harmless, unless the row carries a glucose value at a time.
    return ignoring(cellAt(row, time) !== '' && cellAt(row, glucose) !== '' ? 'unknown' : 'other');
  };

  return {
    format: 'dexcom-clarity',
    unit,
    limits: LIMITS,
    headerLine: header.line,
    columns: header.cells.map(columnLabel),
    timeColumn: time,
    exportStamp: null,
    contentOf,
    deviceOf: (row) => cellAt(row, device),
    seriesOf: (row) => `${cellAt(row, device)}|${cellAt(row, event)}`,
    tickOf: (row) => {
      const seconds = parseDecimal(cellAt(row, transmitterTime));
      return seconds === null ? null : { transmitter: cellAt(row, transmitter), seconds };
    },
  };
}

const eventOf = (text: string): Event | null =>
  eventByName.get(text.toLowerCase()) ?? eventByName.get(headerKey(text).replace(/ /g, '')) ?? null;
