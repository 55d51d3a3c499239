import { clip, type ImportedReading, type ImportedRecord } from '../../domain/import/rows.js';
import type { ExportFormat } from '../../domain/import/vendor-export.js';
import type { NewReading } from '../readings/reading.js';
import type { RejectedRow } from '../readings/readings.service.js';
import type { RecordInput } from '../records/record-kinds.js';
import { FORMAT_LABELS, type RowFinding } from './import-state.js';

/** A file with more devices than anybody owns must not use up the sources of a patient. */
const DEVICES_PER_FILE = 20;
const LONGEST_DEVICE_NAME = 40;

/**
 * Names the sources of an import. Each device is one, so that two that reported the same minute do not contradict each
 * other; meter values are apart from the sensor's, which may have a value of the same instant.
 */
export class ImportSources {
  private readonly devices = new Set<string>();

  constructor(private readonly format: ExportFormat) {}

  nameFor({ device, kind }: Pick<ImportedReading, 'device' | 'kind'>): string {
    const parts = [FORMAT_LABELS[this.format]];
    if (device !== '' && (this.devices.has(device) || this.devices.size < DEVICES_PER_FILE)) {
      this.devices.add(device);
      parts.push(clip(device, LONGEST_DEVICE_NAME));
    }
    if (kind !== 'cgm') parts.push('meter');
    return parts.join(', ');
  }
}

export const toNewReading = (reading: ImportedReading, source: string): NewReading => ({
  at: reading.instant * 1000,
  tenths: reading.tenths,
  unit: reading.unit,
  kind: reading.kind,
  censored: reading.censored,
  source,
});

/** What ingestion found wrong with a reading, at the cell of the file that it came from. */
export function toFinding(reading: ImportedReading, fault: RejectedRow): RowFinding {
  const cell = fault.field === 'measuredAt' ? reading.timeCell : reading.glucoseCell;
  return { line: reading.line, ...cell, code: fault.code, message: fault.message };
}

const recordBase = (format: ExportFormat, record: ImportedRecord, what: string) => {
  const startsAt = new Date(record.instant * 1000).toISOString();
  // What is the same in time, kind and amount is the same event, whichever file or device tells of it.
  return { clientId: `${format} ${startsAt} ${what}`, startsAt, source: format };
};

export function toDose(format: ExportFormat, record: ImportedRecord): RecordInput<'insulin-doses'> | null {
  if (record.kind !== 'insulin-dose') return null;
  const insulinType = record.action === 'long' ? 'basal' : 'bolus';
  return { ...recordBase(format, record, `${insulinType} ${record.units} U`), insulinType, doseUnits: record.units };
}

export function toMeal(format: ExportFormat, record: ImportedRecord): RecordInput<'meals'> | null {
  if (record.kind !== 'meal') return null;
  return { ...recordBase(format, record, `${record.carbsGrams} g`), carbsGrams: record.carbsGrams };
}
