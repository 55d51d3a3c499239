import { isFault, type NewReading, type RowFault } from './reading.js';

/** What a meter or sensor can report, in tenths. No clinical range. */
const BOUNDS = {
  'mg/dL': { min: 100, max: 10_000, text: '10 to 1000 mg/dL' },
  'mmol/L': { min: 6, max: 550, text: '0.6 to 55 mmol/L' },
} as const;

const EARLIEST = Date.UTC(1900, 0, 1);
const AHEAD_TOLERANCE_MS = 10 * 60 * 1000;

const fault = (code: RowFault['code'], field: string, message: string): RowFault => ({ code, field, message });

/** Why a row may not be stored at `now` (milliseconds since the epoch); `null` where it may. */
export function faultOf(row: NewReading | RowFault, now: number): RowFault | null {
  if (isFault(row)) return row;
  const bounds = BOUNDS[row.unit];
  if (!Number.isInteger(row.tenths)) return fault('TOO_MANY_DECIMALS', 'value', 'A value has at most one decimal.');
  if (row.tenths < bounds.min || row.tenths > bounds.max) {
    return fault('OUT_OF_RANGE', 'value', `A value lies within ${bounds.text}.`);
  }
  if (!Number.isInteger(row.at)) return fault('INVALID_INSTANT', 'measuredAt', 'An instant is whole milliseconds.');
  if (row.at < EARLIEST) return fault('BEFORE_1900', 'measuredAt', 'A reading is from 1900 or later.');
  if (row.at > now + AHEAD_TOLERANCE_MS) {
    return fault('AHEAD_OF_TIME', 'measuredAt', 'A reading lies at most 10 minutes ahead of the clock here.');
  }
  return null;
}

export const CONFLICT: RowFault = fault(
  'CONFLICT',
  'value',
  'This source has already reported something else for this instant; the first report stands.',
);

export const TOO_MANY_SOURCES: RowFault = fault('TOO_MANY_SOURCES', 'source', 'A patient has at most 100 sources.');
