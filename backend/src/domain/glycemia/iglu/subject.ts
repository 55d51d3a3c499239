import type { ZoneHistory } from '../../time/zone-history.js';
import { localDay, SECONDS_PER_DAY } from '../../time/zone.js';
import { type Distribution, distributionOf } from '../distribution.js';
import { type GlucoseGrid, glucoseGrid, gridStepMinutes, medianStepMinutes, type MgdlSeries } from '../grid.js';
import { offsetSpans } from '../offset-spans.js';
import type { PlainRow } from '../plain-format.js';

/** One subject as iglu sees it: it treats repeated instants in three ways, so three series are kept. */
export interface IgluSubject {
  readonly id: string;
  readonly zone: string;
  /** Every row, ascending: for what iglu computes over the rows themselves. */
  readonly rows: MgdlSeries;
  /** The last row of each instant: for whatever stands on the day grid. */
  readonly lastOfInstant: MgdlSeries;
  /** The mean of each instant: active percentage, GRI and the SD family. */
  readonly meanOfInstant: MgdlSeries;
  readonly glucose: Distribution;
}

/** Subjects in the order of their ids, as grouping sorts them; rows without a value are dropped. */
export function igluSubjects(rows: readonly PlainRow[], zone: string): IgluSubject[] {
  const byId = new Map<string, PlainRow[]>();
  for (const row of rows) {
    if (Number.isNaN(row.mgdl)) continue;
    const own = byId.get(row.id);
    if (own) own.push(row);
    else byId.set(row.id, [row]);
  }
  return [...byId.keys()].sort().map((id) => subjectOf(id, zone, byId.get(id) ?? []));
}

/** The id that comes first in the data: its step leaks into all others in two functions. */
export const firstId = (rows: readonly PlainRow[]): string | undefined =>
  rows.find((row) => !Number.isNaN(row.mgdl))?.id;

function subjectOf(id: string, zone: string, own: readonly PlainRow[]): IgluSubject {
  const ordered = own.toSorted((a, b) => a.instant - b.instant);
  const all: MgdlSeries = {
    instants: Float64Array.from(ordered, (row) => row.instant),
    mgdl: Float64Array.from(ordered, (row) => row.mgdl),
  };
  return {
    id,
    zone,
    rows: all,
    lastOfInstant: collapse(ordered, (group) => group.at(-1)?.mgdl ?? Number.NaN),
    meanOfInstant: collapse(ordered, (group) => group.reduce((sum, row) => sum + row.mgdl, 0) / group.length),
    glucose: distributionOf(all.mgdl),
  };
}

function collapse(ordered: readonly PlainRow[], valueOf: (group: readonly PlainRow[]) => number): MgdlSeries {
  const groups: PlainRow[][] = [];
  for (const row of ordered) {
    const last = groups.at(-1);
    if (last?.[0]?.instant === row.instant) last.push(row);
    else groups.push([row]);
  }
  return {
    instants: Float64Array.from(groups, (group) => group[0]?.instant ?? Number.NaN),
    mgdl: Float64Array.from(groups, valueOf),
  };
}

/** The grid step of a series in minutes. */
export const stepOf = (series: MgdlSeries): number => gridStepMinutes(medianStepMinutes(series.instants));

/** The day grid of a series in the subject's zone. */
export function gridOf(subject: IgluSubject, series: MgdlSeries, stepMinutes: number): GlucoseGrid {
  const history: ZoneHistory = [{ from: 0, zone: subject.zone }];
  const first = series.instants[0] ?? 0;
  const last = series.instants.at(-1) ?? 0;
  const spans = offsetSpans(history, first - SECONDS_PER_DAY, last + 3 * SECONDS_PER_DAY);
  return glucoseGrid(series, spans, localDay(subject.zone, first), stepMinutes);
}
