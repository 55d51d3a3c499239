import { median } from 'd3-array';
import type { DayPoint, GlucoseUnit, ProfileDay } from '@/api/types';
import { glucoseAxis, glucoseScale, MINUTES_PER_DAY } from '../axis';
import { tracePath } from '../trace-path';

/** Longer without a reading and the line breaks. */
const BREAK_MINUTES = 15;
/** Sensors that report every 15 minutes drift by a minute; one missed sample still breaks the line. */
const BREAK_INTERVALS = 1.5;
const CENSORED_LOW = 2;
const CENSORED_HIGH = 4;

export interface DayLayout {
  height: number;
  /** x in minutes on the clock, y in px. */
  line: string;
  above: string;
  below: string;
  target: { y: number; height: number };
  /** Middle of every run that lies above the axis or that the sensor called High. */
  clippedHigh: number[];
  /** Middle of every run below the target; clipped where it goes beyond the axis or the sensor said Low. */
  lows: Array<{ minute: number; clipped: boolean }>;
}

export interface DayOptions {
  height: number;
  unit: GlucoseUnit;
  axis: { min: number; max: number };
  target: { lowMgdl: number; highMgdl: number };
  /** Width on the screen, px: more than two points a column are thinned to the extremes of that column. */
  widthPx: number;
}

export function layoutDay(day: ProfileDay, options: DayOptions): DayLayout {
  const { height, target } = options;
  const axis = glucoseAxis(options.unit, options.axis);
  const y = glucoseScale(axis, height);
  const runs = splitAtGaps(day.points).map((run) => decimate(run, options.widthPx / MINUTES_PER_DAY));
  const trace = (run: readonly DayPoint[]) => tracePath(run.map(([minute, mgdl]) => [minute, y(mgdl)]));
  /** The shape between an edge of the target and what lies beyond it. */
  const beyond = (edge: number, outside: (mgdl: number) => number) => (run: readonly DayPoint[]) => {
    const start = run[0]?.[0] ?? 0;
    const end = run.at(-1)?.[0] ?? start;
    const outline = run.map(([minute, mgdl]) => [minute, y(outside(mgdl))] as const);
    return tracePath([[start, y(edge)], ...outline, [end, y(edge)]], true);
  };
  const above = beyond(target.highMgdl, (mgdl) => Math.max(mgdl, target.highMgdl));
  const below = beyond(target.lowMgdl, (mgdl) => Math.min(mgdl, target.lowMgdl));

  return {
    height,
    line: runs.map(trace).join(''),
    above: outsideRuns(runs, (mgdl) => mgdl > target.highMgdl)
      .map(above)
      .join(''),
    below: outsideRuns(runs, (mgdl) => mgdl < target.lowMgdl)
      .map(below)
      .join(''),
    target: { y: y(target.highMgdl), height: y(target.lowMgdl) - y(target.highMgdl) },
    clippedHigh: runsWhere(day.points, ([, mgdl, flags]) => mgdl > axis.maxMgdl || (flags & CENSORED_HIGH) !== 0).map(
      middleOf,
    ),
    lows: runsWhere(day.points, ([, mgdl, flags]) => mgdl < target.lowMgdl || (flags & CENSORED_LOW) !== 0).map(
      (run) => ({
        minute: middleOf(run),
        clipped: run.some(([, mgdl, flags]) => mgdl < axis.minMgdl || (flags & CENSORED_LOW) !== 0),
      }),
    ),
  };
}

/** Runs without a gap. Where clocks were put back a new run begins: the hour that was lived twice is drawn twice. */
export function splitAtGaps(points: readonly DayPoint[]): DayPoint[][] {
  const spacing = median(points.slice(1).map((point, index) => point[0] - (points[index]?.[0] ?? 0))) ?? 0;
  const limit = Math.max(BREAK_MINUTES, spacing * BREAK_INTERVALS);
  const runs: DayPoint[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const step = last ? point[0] - last[0] : Number.NaN;
    if (run && step >= 0 && step <= limit) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

/** Lowest and highest point of every pixel column, so that a five-minute low survives any thinning. */
export function decimate(run: readonly DayPoint[], pxPerMinute: number): DayPoint[] {
  const first = run[0];
  const last = run.at(-1);
  if (!first || !last || run.length <= 2 * Math.max(1, (last[0] - first[0]) * pxPerMinute)) return [...run];
  const columns = new Map<number, DayPoint[]>();
  for (const point of run) {
    const column = Math.floor(point[0] * pxPerMinute);
    const members = columns.get(column);
    if (members) members.push(point);
    else columns.set(column, [point]);
  }
  return [...columns.values()].flatMap((members) => {
    const lowest = members.reduce((best, point) => (point[1] < best[1] ? point : best));
    const highest = members.reduce((best, point) => (point[1] > best[1] ? point : best));
    if (lowest === highest) return [lowest];
    return lowest[0] < highest[0] ? [lowest, highest] : [highest, lowest];
  });
}

function runsWhere(points: readonly DayPoint[], holds: (point: DayPoint) => boolean): DayPoint[][] {
  return splitAtGaps(points).flatMap((run) => {
    const found: DayPoint[][] = [];
    let open: DayPoint[] | null = null;
    for (const point of run) {
      if (!holds(point)) {
        open = null;
        continue;
      }
      if (!open) {
        open = [];
        found.push(open);
      }
      open.push(point);
    }
    return found;
  });
}

/** Runs outside the target with one neighbour on each side, so that the area starts where the line crosses. */
function outsideRuns(runs: readonly DayPoint[][], outside: (mgdl: number) => boolean): DayPoint[][] {
  return runs.flatMap((run) => {
    const found: DayPoint[][] = [];
    let from = -1;
    for (let index = 0; index <= run.length; index += 1) {
      const point = run[index];
      const isOutside = point !== undefined && outside(point[1]);
      if (isOutside && from === -1) from = index;
      if (!isOutside && from !== -1) {
        found.push(run.slice(Math.max(0, from - 1), index + 1));
        from = -1;
      }
    }
    return found;
  });
}

function middleOf(run: readonly DayPoint[]): number {
  return run[Math.floor(run.length / 2)]?.[0] ?? 0;
}
