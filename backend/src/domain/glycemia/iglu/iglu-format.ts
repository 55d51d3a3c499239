import { meanOfDistribution, percentWhere } from '../distribution.js';
import type { GlucoseGrid } from '../grid.js';
import { type PlainRow, readPlainRows } from '../plain-format.js';
import { pgs } from '../risk.js';
import { gvp } from '../variability.js';
import { activePercent, activePercentOfLastDays } from './active-percent.js';
import { type EpisodeLengths, episodeRows, episodesPerDay } from './grid-episodes.js';
import { MAGE_DIRECTIONS, mageOfSubject, OVER_GRID, ownGrid, sdMeasures } from './over-grid.js';
import { type Columns, type IgluRow, OVER_ROWS } from './over-rows.js';
import { firstId, type IgluSubject, igluSubjects, stepOf } from './subject.js';

/** Tables by the name of the function (and parameter) that prints them. */
export type IgluReport = Readonly<Record<string, readonly IgluRow[]>>;

const EPISODES: Readonly<Record<string, EpisodeLengths>> = {
  episodes: { startMinutes: 15, endMinutes: 15 },
  episodes_dur120: { startMinutes: 120, endMinutes: 15 },
  episodes_pgs: { startMinutes: 20, endMinutes: 30 },
};

/**
 * The metrics of some subjects as iglu 4.3.0 prints them, its known defects included, for comparison with published
 * numbers. Nothing else in the product uses these definitions. Rows in mg/dL, wall clocks of `zone`; NaN becomes `null`.
 */
export function igluReport(rows: readonly PlainRow[], zone: string): IgluReport {
  const subjects = igluSubjects(rows, zone).map((subject) => ({ subject, grid: ownGrid(subject) }));
  const first = subjects.find(({ subject }) => subject.id === firstId(rows))?.subject;
  const leakedStep = first ? stepOf(first.meanOfInstant) : Number.NaN;
  const table = (columnsOf: (subject: IgluSubject, grid: GlucoseGrid) => Columns): IgluRow[] =>
    subjects.map(({ subject, grid }) => ({ id: subject.id, ...withoutNaN(columnsOf(subject, grid)) }));

  const report: Record<string, readonly IgluRow[]> = {};
  for (const [name, columnsOf] of Object.entries(OVER_ROWS)) report[name] = table(columnsOf);
  report['active_percent'] = table((subject) => activePercent(subject.meanOfInstant, leakedStep));
  report['active_percent_manual14'] = table((subject) =>
    activePercentOfLastDays(subject.meanOfInstant, leakedStep, 14),
  );
  const mages = new Map(subjects.map(({ subject }) => [subject.id, mageOfSubject(subject)]));
  for (const [name, direction] of Object.entries(MAGE_DIRECTIONS)) {
    report[name] = table(({ id }) => ({ MAGE: mages.get(id)?.[direction] ?? Number.NaN }));
  }
  for (const [name, columnsOf] of Object.entries(OVER_GRID)) report[name] = table((_, grid) => columnsOf(grid));
  report['sd_measures'] = table((subject) => sdMeasures(subject, leakedStep));
  for (const [name, lengths] of Object.entries(EPISODES)) {
    report[name] = subjects.flatMap(({ subject, grid }) => episodeRows(subject.id, grid, lengths).map(withoutNaN));
  }
  report['pgs'] = table((subject, grid) => ({ PGS: personalGlycemicState(subject, grid) }));
  return report;
}

/** The same from the text of `id,time,gl[,epoch]`. Lines that cannot be read are left out. */
export const igluFormat = (csvText: string, zone: string): IgluReport =>
  igluReport(readPlainRows(csvText, zone).rows, zone);

function personalGlycemicState(subject: IgluSubject, grid: GlucoseGrid): number {
  const episodes = episodeRows(subject.id, grid, { startMinutes: 20, endMinutes: 30 });
  return pgs({
    gvp: gvp(grid),
    mean: meanOfDistribution(subject.glucose),
    timeInRange: percentWhere(subject.glucose, (mgdl) => mgdl >= 70 && mgdl <= 180),
    eventsBelow54PerWeek: 7 * episodesPerDay(episodes, 'hypo', 'lv2'),
    eventsBelow70PerWeek: 7 * episodesPerDay(episodes, 'hypo', 'lv1_excl'),
  });
}

const withoutNaN = (row: IgluRow): IgluRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, isPresent(value) ? value : null]));

const isPresent = (value: string | number | null): boolean => typeof value === 'string' || Number.isFinite(value);
