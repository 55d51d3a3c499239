import * as z from 'zod';
import { decodeCursor, encodeCursor } from '../../common/pagination.js';
import type { PanelPatient, PanelQuery } from './panel.schema.js';

/** How many patients carry each flag. A patient with two flags counts twice; `all` and `onTarget` count once. */
export function countFlags(patients: readonly PanelPatient[]): Record<string, number> {
  const counts: Record<string, number> = { all: patients.length, onTarget: 0 };
  for (const { flags } of patients) {
    if (flags.length === 0) counts['onTarget'] = (counts['onTarget'] ?? 0) + 1;
    for (const { code } of flags) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** The patients that match a flag and a part of the name. */
export function select(patients: readonly PanelPatient[], { flag, query }: PanelQuery): PanelPatient[] {
  const wanted = query?.toLocaleLowerCase() ?? '';
  return patients.filter(
    ({ flags, displayName }) =>
      displayName.toLocaleLowerCase().includes(wanted) &&
      (flag === undefined || (flag === 'on-target' ? flags.length === 0 : flags.some(({ code }) => code === flag))),
  );
}

const Position = z.tuple([z.number().int().min(0), z.uuid()]);

/** One page. The cursor names the last patient seen, so that a change of order in between neither skips nor repeats it. */
export function pageOfPanel(patients: readonly PanelPatient[], { limit, cursor }: PanelQuery) {
  const after = decodeCursor(cursor, Position);
  const seenAt = after === null ? -1 : patients.findIndex(({ id }) => id === after[1]);
  const start = after === null ? 0 : (seenAt < 0 ? after[0] : seenAt) + 1;
  const items = patients.slice(start, start + limit);
  const last = items.at(-1);
  const nextCursor = last && start + limit < patients.length ? encodeCursor([start + limit - 1, last.id]) : null;
  return { items, nextCursor };
}
