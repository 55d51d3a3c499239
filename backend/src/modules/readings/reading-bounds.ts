import { REPORTABLE_TENTHS } from '../../domain/glycemia/units.js';
import { isFault, type NewReading, type RowFault } from './reading.js';

const EARLIEST = Date.UTC(1900, 0, 1);
const AHEAD_TOLERANCE_MS = 10 * 60 * 1000;

const fault = (code: RowFault['code'], field: string, message: string): RowFault => ({ code, field, message });

/** Why a row may not be stored at `now` (milliseconds since the epoch); `null` where it may. */
export function faultOf(row: NewReading | RowFault, now: number): RowFault | null {
  if (isFault(row)) return row;
  const bounds = REPORTABLE_TENTHS[row.unit];
  if (!Number.isInteger(row.tenths)) return fault('TOO_MANY_DECIMALS', 'value', 'A value has at most one decimal.');
  if (row.tenths < bounds.low || row.tenths > bounds.high) {
    return fault('OUT_OF_RANGE', 'value', `A value lies within ${bounds.low / 10} to ${bounds.high / 10} ${row.unit}.`);
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
