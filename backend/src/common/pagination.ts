import * as z from 'zod';
import { Problem } from './problem.js';

/** `limit` of a list: 100 unless asked, never above `maximum`. */
export const limitUpTo = (maximum: number) => z.coerce.number().int().min(1).max(maximum).default(100);

/** A cursor is opaque to callers: the sort key of the last row they saw. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** Reads a cursor back through the schema of its key. Throws `INVALID_INPUT` on anything this API did not write. */
export function decodeCursor<T>(cursor: string | undefined, key: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Problem('INVALID_INPUT', 'The cursor is not one of this list.', [
      { path: 'cursor', code: 'invalid_cursor', message: 'Use the nextCursor of the page before, unchanged.' },
    ]);
  }
}

/** One page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** One page of rows that were asked for with one more than `limit`: that one tells whether there are more. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (last: Row) => readonly (string | number)[],
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor(keyOf(last)) : null };
}

/** Sort key of a list by time: the instant, then the id that decides between equals. */
export const TimeKey = z.tuple([z.iso.datetime(), z.uuid()]);
