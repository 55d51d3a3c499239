import * as z from 'zod';
import { decodeCursor, encodeCursor } from '../../common/pagination.js';
import { hintedChance, isLowLikely } from '../../domain/triage/low-hint.js';
import { compareUrgency } from '../../domain/triage/urgency.js';
import type { TriagedPatient } from './panel-patient.js';
import type { PanelQuery } from './panel.schema.js';

/** How many patients carry each flag. A patient with two flags counts twice; `all`, `onTarget` and `lowsLikely` count once. */
export function countFlags(patients: readonly TriagedPatient[]): Record<string, number> {
  const counts: Record<string, number> = { all: patients.length, onTarget: 0, lowsLikely: 0 };
  for (const { flags, lowRisk } of patients) {
    if (isLowLikely(lowRisk)) counts['lowsLikely'] = (counts['lowsLikely'] ?? 0) + 1;
    if (flags.length === 0) counts['onTarget'] = (counts['onTarget'] ?? 0) + 1;
    for (const { code } of flags) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** The patients that match a flag and a part of the name. */
export function select(patients: readonly TriagedPatient[], { flag, query }: PanelQuery): readonly TriagedPatient[] {
  const wanted = query?.toLocaleLowerCase() ?? '';
  if (wanted === '' && flag === undefined) return patients;
  return patients.filter(
    (patient) =>
      patient.facts.displayName.toLocaleLowerCase().includes(wanted) && (flag === undefined || carries(patient, flag)),
  );
}

function carries({ flags, lowRisk }: TriagedPatient, flag: NonNullable<PanelQuery['flag']>): boolean {
  if (flag === 'on-target') return flags.length === 0;
  if (flag === 'lows-likely') return isLowLikely(lowRisk);
  return flags.some(({ code }) => code === flag);
}

const names = new Intl.Collator();

/**
 * Most urgent first, or those first for whom lows are likeliest. The chance of lows moves nobody in the order of urgency: that is
 * one of goals missed, which can be checked, and among real people it has not been shown how well the chance holds.
 */
const ORDERS: Record<PanelQuery['sort'], (a: TriagedPatient, b: TriagedPatient) => number> = {
  urgency: (a, b) => compareUrgency(a.flags, b.flags),
  'low-risk': (a, b) => hintedChance(b.lowRisk) - hintedChance(a.lowRisk) || compareUrgency(a.flags, b.flags),
};

const byName = (a: TriagedPatient, b: TriagedPatient): number =>
  names.compare(a.facts.displayName, b.facts.displayName) || (a.facts.id < b.facts.id ? -1 : 1);

/**
 * Everybody in an order, equals by their names. Names are dear to compare and arrive nearly in order, which a sort makes
 * use of: they come first, and the sort that decides keeps them.
 */
export const inOrder = (patients: readonly TriagedPatient[], sort: PanelQuery['sort']): TriagedPatient[] =>
  patients.toSorted(byName).sort(ORDERS[sort]);

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
