import type { GlucoseUnit, MlTrace, Profile } from '@/api/types';
import { glucoseAxis, glucoseScale, MINUTES_PER_DAY } from '../axis';
import { pushApart } from '../push-apart';
import { type Point, tracePath } from '../trace-path';

const TICK_STEPS_MINUTES = [15, 30, 60, 120, 180, 360, 720];
const MOST_TICKS = 4;
const LABEL_GAP_PX = 14;

export type OverlayTrace = Pick<MlTrace, 'stepMinutes' | 'mgdl'>;

export interface OverlayLayout {
  readonly height: number;
  readonly minutes: number;
  /** In the order given; paths with x in minutes from the beginning of each and y in px, and where to write whose they are. */
  readonly lines: ReadonlyArray<{ path: string; endY: number; labelY: number }>;
  /** The middle half of the person's days, where it was asked for. */
  readonly usual: string;
  readonly target: { y: number; height: number };
  readonly axis: ReadonlyArray<{ mgdl: number; y: number }>;
  /** Minutes from the beginning. */
  readonly ticks: readonly number[];
}

export interface OverlayOptions {
  readonly height: number;
  readonly unit: GlucoseUnit;
  readonly profile: Pick<Profile, 'axis' | 'target' | 'slots' | 'slotMinutes'>;
  /** What the clock showed at the beginning, for the usual day to be drawn behind; `null` where the clock does not matter. */
  readonly usualFrom: number | null;
}

/** Stretches laid over each other from their beginnings, whatever the clock said then. Gaps break a line. */
export function layoutOverlay(traces: readonly OverlayTrace[], options: OverlayOptions): OverlayLayout {
  const { height, unit, profile, usualFrom } = options;
  const axis = glucoseAxis(unit, profile.axis);
  const y = glucoseScale(axis, height);
  const { lowMgdl, highMgdl } = profile.target;
  const minutes = Math.max(1, ...traces.map(({ stepMinutes, mgdl }) => mgdl.length * stepMinutes));
  const step = TICK_STEPS_MINUTES.find((candidate) => minutes / candidate <= MOST_TICKS) ?? minutes;
  return {
    height,
    minutes,
    lines: labelled(
      traces.map((trace) => lineOf(trace, y)),
      height,
    ),
    usual: usualFrom === null ? '' : usualBand(profile, usualFrom, minutes, y),
    target: { y: y(highMgdl), height: y(lowMgdl) - y(highMgdl) },
    axis: [axis.maxMgdl, highMgdl, lowMgdl, axis.minMgdl].map((mgdl) => ({ mgdl, y: y(mgdl) })),
    ticks: Array.from({ length: Math.floor(minutes / step) + 1 }, (_, index) => index * step),
  };
}

function lineOf({ stepMinutes, mgdl }: OverlayTrace, y: (mgdl: number) => number) {
  const runs = runsOf(mgdl, (value, index): Point | null => (value === null ? null : [index * stepMinutes, y(value)]));
  return { path: runs.map((run) => tracePath(run)).join(''), endY: runs.at(-1)?.at(-1)?.[1] ?? 0 };
}

/** Labels stand where their lines end, as near as they can without covering one another. */
function labelled(lines: ReadonlyArray<{ path: string; endY: number }>, height: number): OverlayLayout['lines'] {
  const order = lines.map((_, index) => index).sort((a, b) => (lines[a]?.endY ?? 0) - (lines[b]?.endY ?? 0));
  const gap = Math.min(LABEL_GAP_PX, height / Math.max(1, lines.length - 1));
  const places = pushApart(
    order.map((index) => lines[index]?.endY ?? 0),
    gap,
    0,
    height,
  );
  return lines.map((line, index) => ({ ...line, labelY: places[order.indexOf(index)] ?? line.endY }));
}

/** From the 25th to the 75th percentile of the days, from one time of the clock on. */
function usualBand(
  { slots, slotMinutes }: OverlayOptions['profile'],
  from: number,
  minutes: number,
  y: (mgdl: number) => number,
): string {
  const first = Math.ceil(from / slotMinutes);
  const count = Math.floor((from + minutes) / slotMinutes) - first + 1;
  const after = Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * slotMinutes);
  const runs = runsOf(after, (minute) => {
    const slot = slots.find(({ minuteOfDay }) => minuteOfDay === minute % MINUTES_PER_DAY);
    return slot && slot.p25 !== null && slot.p75 !== null ? ([minute - from, slot.p25, slot.p75] as const) : null;
  });
  const edge = (run: ReadonlyArray<readonly [number, number, number]>, which: 1 | 2) =>
    run.map((one): Point => [one[0], y(one[which])]);
  return runs.map((run) => tracePath([...edge(run, 2), ...edge(run, 1).toReversed()], true)).join('');
}

/** Runs of neighbours that are something. */
function runsOf<T, R>(values: readonly T[], toPoint: (value: T, index: number) => R | null): R[][] {
  const runs: R[][] = [];
  let isOpen = false;
  values.forEach((value, index) => {
    const point = toPoint(value, index);
    if (point !== null) {
      if (isOpen) runs.at(-1)?.push(point);
      else runs.push([point]);
    }
    isOpen = point !== null;
  });
  return runs;
}
