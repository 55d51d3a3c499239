import { mgdlOf } from '../glycemia/units.js';
import { SECONDS_PER_DAY } from '../time/zone.js';
import type { SimulatedReading } from './events.js';
import { Simulation } from './simulation.js';
import type { Subject } from './subject.js';

/** Two days let depots, gut and rhythm forget where they were started. */
export const SETTLING_SECONDS = 2 * SECONDS_PER_DAY;

/** A run that has settled and whose next readings are the first after `from` (seconds since the epoch). */
export function settledAt(subject: Subject, from: number): Simulation {
  const simulation = Simulation.start(subject, from - SETTLING_SECONDS);
  simulation.advance(from);
  return simulation;
}

/** Percent of readings in 70-180 mg/dL, both ends inside, judged in the native unit. */
export function timeInRange(readings: readonly SimulatedReading[], since = 0): number {
  let inRange = 0;
  let all = 0;
  for (const { instant, tenths, flags } of readings) {
    if (instant < since) continue;
    const mgdl = mgdlOf(tenths, flags);
    all++;
    if (mgdl >= 69.95 && mgdl <= 180.2) inRange++;
  }
  return all === 0 ? Number.NaN : (100 * inRange) / all;
}

export interface FitGoal {
  /** Percent of time in range to meet over the whole stretch. */
  readonly timeInRange: number;
  /** Dose factors between which more insulin means more time in range. */
  readonly doseFactors: readonly [number, number];
  readonly from: number;
  readonly until: number;
}

const CLOSE_ENOUGH = 0.8;
const RECENT_DAYS = [14, 30] as const;
const RECENT_TOLERANCE = 3;

/**
 * The first of the candidates whose time in range meets the goal over the whole stretch and stays near it in the last 14 and
 * 30 days, its dose factor found by bisection; the nearest miss where none does. What a seed brings differs by several points
 * from one quarter to the next, and a person presented as an example should show what they are an example of.
 */
export function fitSubject(candidates: Iterable<Subject>, goal: FitGoal): Subject {
  let best: { subject: Subject; miss: number } | null = null;
  for (const candidate of candidates) {
    const found = bisectDose(candidate, goal);
    if (!best || found.miss < best.miss) best = found;
    if (found.miss <= 1) break;
  }
  if (!best) throw new RangeError('no candidate to fit');
  return best.subject;
}

function bisectDose(candidate: Subject, goal: FitGoal): { subject: Subject; miss: number } {
  let [low, high] = goal.doseFactors;
  let best: { subject: Subject; miss: number } | null = null;
  for (let attempt = 0; attempt < 5; attempt++) {
    const subject = { ...candidate, doseFactor: (low + high) / 2 };
    const { readings } = settledAt(subject, goal.from).advance(goal.until);
    const excess = timeInRange(readings) - goal.timeInRange;
    const recent = RECENT_DAYS.map((days) =>
      Math.abs(timeInRange(readings, goal.until - days * SECONDS_PER_DAY) - goal.timeInRange),
    );
    const miss = Math.max(Math.abs(excess) / CLOSE_ENOUGH, ...recent.map((off) => off / RECENT_TOLERANCE));
    if (!best || miss < best.miss) best = { subject, miss };
    if (Math.abs(excess) <= CLOSE_ENOUGH) break;
    if (excess < 0) low = subject.doseFactor;
    else high = subject.doseFactor;
  }
  return best ?? { subject: candidate, miss: Number.POSITIVE_INFINITY };
}
