import { parseInstant } from '../../common/instant.js';
import type { NewReading, ReadingKind, RowFault } from './reading.js';

const KINDS: readonly unknown[] = ['cgm', 'fingerstick', 'calibration'] satisfies ReadingKind[];
const isKind = (kind: unknown): kind is ReadingKind => KINDS.includes(kind);

const MAX_SOURCE_LENGTH = 100;
/** Binary fractions of a decimal like 5.7 miss it by far less. */
const DECIMAL_TOLERANCE = 1e-6;

const fault = (code: RowFault['code'], field: string, message: string): RowFault => ({ code, field, message });

/** Reads one row of a request, written by hand because ten thousand come at once. Bounds are left to `ingest`. */
export function parseReading(row: unknown): NewReading | RowFault {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return fault('INVALID_ROW', '', 'A reading is an object.');
  }
  const { measuredAt, value, unit, kind = 'cgm', censored = null, source = null }: Fields = row;
  const at = typeof measuredAt === 'string' ? parseInstant(measuredAt) : Number.NaN;
  if (Number.isNaN(at)) {
    return fault('INVALID_INSTANT', 'measuredAt', 'measuredAt is an ISO 8601 instant with an offset.');
  }
  if (typeof value !== 'number' || !Number.isFinite(value))
    return fault('INVALID_VALUE', 'value', 'value is a number.');
  if (unit !== 'mg/dL' && unit !== 'mmol/L') return fault('INVALID_UNIT', 'unit', 'unit is mg/dL or mmol/L.');
  if (!isKind(kind)) return fault('INVALID_KIND', 'kind', 'kind is cgm, fingerstick or calibration.');
  if (censored !== null && censored !== 'low' && censored !== 'high') {
    return fault('INVALID_CENSORED', 'censored', 'censored is low, high or null.');
  }
  if (source !== null && !isName(source))
    return fault('INVALID_SOURCE', 'source', 'source is a name of 1 to 100 characters.');
  const exact = value * 10;
  const tenths = Math.round(exact);
  if (Math.abs(exact - tenths) > DECIMAL_TOLERANCE) {
    return fault('TOO_MANY_DECIMALS', 'value', 'value has at most one decimal.');
  }
  return { at, tenths, unit, kind, censored, source };
}

interface Fields {
  readonly measuredAt?: unknown;
  readonly value?: unknown;
  readonly unit?: unknown;
  readonly kind?: unknown;
  readonly censored?: unknown;
  readonly source?: unknown;
}

/** A name is shown to people: no control characters, and PostgreSQL stores no NUL. */
const isName = (source: unknown): source is string =>
  typeof source === 'string' &&
  source.trim() !== '' &&
  source.length <= MAX_SOURCE_LENGTH &&
  !/\p{Cc}|\p{Cs}/u.test(source);
