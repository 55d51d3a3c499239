import type * as z from 'zod';
import type { FieldError } from '../../common/problem.js';
import { RECORD_KINDS, type RecordKind } from './record-kinds.js';

/** A record ready to be stored: its place in time apart from what its kind adds. */
export interface NewRecord {
  readonly clientId: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** The fields of the kind, complete and in a fixed order. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type ParsedRecord = { readonly record: NewRecord } | { readonly faults: readonly FieldError[] };

type Fields = z.output<(typeof RECORD_KINDS)[RecordKind]['input']>;

const EARLIEST = Date.UTC(1900, 0, 1);

/** Reads one row of a request against its kind. A fault names the field and never repeats its value. */
export function parseRecord(kind: RecordKind, row: unknown): ParsedRecord {
  const parsed = RECORD_KINDS[kind].input.safeParse(row);
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message })),
    };
  }
  const { clientId, startsAt: start, ...fields } = parsed.data;
  const startsAt = new Date(start);
  if (startsAt.getTime() < EARLIEST) return fault('startsAt', 'A record is from 1900 or later.');
  const endsAt = endOf(startsAt, parsed.data);
  if ('endsAt' in fields && (!endsAt || endsAt <= startsAt)) return fault('endsAt', 'endsAt lies after startsAt.');
  const body = 'endsAt' in fields ? { ...fields, endsAt: endsAt?.toISOString() } : fields;
  return { record: { clientId, startsAt, endsAt, body } };
}

const fault = (path: string, message: string): ParsedRecord => ({ faults: [{ path, code: 'out_of_order', message }] });

function endOf(startsAt: Date, fields: Fields): Date | null {
  if ('endsAt' in fields) return new Date(fields.endsAt);
  const minutes = 'durationMinutes' in fields ? fields.durationMinutes : null;
  return minutes ? new Date(startsAt.getTime() + minutes * 60_000) : null;
}
