import * as z from 'zod';
import { decodeCursor, encodeCursor } from '../../common/pagination.js';
import type { TriagedPatient } from './panel-patient.js';
import type { PanelQuery } from './panel.schema.js';

/** How many patients carry each flag. A patient with two flags counts twice; `all` and `onTarget` count once. */
export function countFlags(patients: readonly TriagedPatient[]): Record<string, number> {
  const counts: Record<string, number> = { all: patients.length, onTarget: 0 };
  for (const { flags } of patients) {
    if (flags.length === 0) counts['onTarget'] = (counts['onTarget'] ?? 0) + 1;
    for (const { code } of flags) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** The patients that match a flag and a part of the name. */
export function select(patients: readonly TriagedPatient[], { flag, query }: PanelQuery): TriagedPatient[] {
  const wanted = query?.toLocaleLowerCase() ?? '';
  return patients.filter(
    ({ flags, facts }) =>
      facts.displayName.toLocaleLowerCase().includes(wanted) &&
      (flag === undefined || (flag === 'on-target' ? flags.length === 0 : flags.some(({ code }) => code === flag))),
  );
}

const Position = z.tuple([z.number().int().min(0), z.uuid()]);

/** One page. The cursor names the last patient seen, so that a change of order in between neither skips nor repeats it. */
export function pageOfPanel(patients: readonly TriagedPatient[], { limit, cursor }: PanelQuery) {
  const after = decodeCursor(cursor, Position);
  const seenAt = after === null ? -1 : patients.findIndex(({ facts }) => facts.id === after[1]);
  const start = after === null ? 0 : (seenAt < 0 ? after[0] : seenAt) + 1;
  const items = patients.slice(start, start + limit);
  const last = items.at(-1);
  const nextCursor = last && start + limit < patients.length ? encodeCursor([start + limit - 1, last.facts.id]) : null;
  return { items, nextCursor };
}
