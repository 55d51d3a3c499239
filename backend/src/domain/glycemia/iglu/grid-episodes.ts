import type { GlucoseGrid } from '../grid.js';
import { meanOf } from '../numeric.js';
import type { IgluRow } from './over-rows.js';

/** Grid points `[first, last]` of an episode. */
interface GridEpisode {
  readonly first: number;
  readonly last: number;
}

/** Minutes that begin and end an episode. */
export interface EpisodeLengths {
  readonly startMinutes: number;
  readonly endMinutes: number;
}

const LEVELS = [
  'hypo lv1',
  'hypo lv2',
  'hypo extended',
  'hyper lv1',
  'hyper lv2',
  'hypo lv1_excl',
  'hyper lv1_excl',
] as const;
type Level = (typeof LEVELS)[number];

/** iglu's table of episodes of one subject, counted on the interpolated grid. */
export function episodeRows(id: string, grid: GlucoseGrid, lengths: EpisodeLengths): IgluRow[] {
  const episodes = episodesByLevel(grid, lengths);
  const monitoredDays = (grid.values.filter((value) => !Number.isNaN(value)).length * grid.stepMinutes) / 1440;
  return LEVELS.map((level) => {
    const [type = '', name = ''] = level.split(' ');
    const found = episodes[level];
    const minutes = found.map(({ first, last }) => (last - first + 1) * grid.stepMinutes);
    return {
      id,
      type,
      level: name,
      avg_ep_per_day: found.length / monitoredDays,
      avg_ep_duration: found.length === 0 ? 0 : meanOf(minutes),
      avg_ep_gl:
        found.length === 0 ? null : meanOf(found.map(({ first, last }) => meanOf(grid.values, first, last + 1))),
      total_episodes: found.length,
    };
  });
}

/** Episodes per day of one level, for indices that are built on them. */
export function episodesPerDay(rows: readonly IgluRow[], type: string, level: string): number {
  const row = rows.find((one) => one['type'] === type && one['level'] === level);
  return Number(row?.['avg_ep_per_day'] ?? Number.NaN);
}

function episodesByLevel(
  grid: GlucoseGrid,
  { startMinutes, endMinutes }: EpisodeLengths,
): Record<Level, GridEpisode[]> {
  const start = Math.ceil(startMinutes / grid.stepMinutes);
  const end = Math.ceil(endMinutes / grid.stepMinutes);
  const extended = Math.ceil(120 / grid.stepMinutes) + 1;
  const find = (isEvent: (mgdl: number) => boolean, points = start) => gridEpisodes(grid.values, isEvent, points, end);
  const hypo1 = find((mgdl) => mgdl < 70);
  const hypo2 = find((mgdl) => mgdl < 54);
  const hyper1 = find((mgdl) => mgdl > 180);
  const hyper2 = find((mgdl) => mgdl > 250);
  return {
    'hypo lv1': hypo1,
    'hypo lv2': hypo2,
    'hypo extended': find((mgdl) => mgdl < 70, extended),
    'hyper lv1': hyper1,
    'hyper lv2': hyper2,
    'hypo lv1_excl': excluding(hypo1, hypo2),
    'hyper lv1_excl': excluding(hyper1, hyper2),
  };
}

const excluding = (episodes: readonly GridEpisode[], graver: readonly GridEpisode[]): GridEpisode[] =>
  episodes.filter((one) => !graver.some((other) => other.first <= one.last && other.last >= one.first));

/** Runs of events long enough to begin an episode, each up to a run of recovery long enough to end it or to a hole. */
function gridEpisodes(
  values: Float64Array,
  isEvent: (mgdl: number) => boolean,
  startPoints: number,
  endPoints: number,
): GridEpisode[] {
  const found: GridEpisode[] = [];
  let begin = -1;
  let run = 0;
  for (let i = 0; i <= values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) {
      if (begin >= 0) found.push({ first: begin, last: i - 1 });
      begin = -1;
      run = i + 1;
      continue;
    }
    if (i > run && isEvent(value) !== isEvent(values[i - 1] ?? Number.NaN)) run = i;
    const length = i - run + 1;
    if (begin < 0 && isEvent(value) && length >= startPoints) begin = run;
    if (begin >= 0 && !isEvent(value) && length >= endPoints) {
      found.push({ first: begin, last: run - 1 });
      begin = -1;
    }
  }
  return found;
}
