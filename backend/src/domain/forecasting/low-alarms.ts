/** A stretch of values every five minutes, mg/dL, with what was thought of each step when it had just been read. */
export interface WatchedTrace {
  readonly mgdl: ArrayLike<number>;
  /** The chance of a low soon, 0 to 1, as seen from each value; NaN where nothing was said. */
  readonly chances: ArrayLike<number>;
}

export interface LowAlarmScore {
  readonly lows: number;
  /** Lows with an alarm 5 to 60 minutes before them. */
  readonly foreseen: number;
  /** Share of lows foreseen; `null` where there was none. */
  readonly sensitivity: number | null;
  readonly alarms: number;
  /** Share of alarms that were followed by a low; `null` where there was none. */
  readonly precision: number | null;
  readonly falseADay: number | null;
  /** Minutes from the first alarm for a low to its start, the middle one. */
  readonly medianLeadMinutes: number | null;
}

const LOW_MGDL = 70;
/** Values in a row that begin a low, and that end it. */
const IN_A_ROW = 3;
const EARLIEST_STEPS = 12;
const SNOOZE_STEPS = 6;
const STEPS_A_DAY = 288;

/**
 * What alarms at a threshold would have been worth, by the protocol of the benchmark: a low is three values in a row below
 * 70 mg/dL and ends with three at or above; an alarm sounds where the chance reaches the threshold while the value is not
 * low yet, and then not again for half an hour.
 * @param aheadSteps how long after an alarm a low may begin to count as foreseen; 12 steps are an hour
 */
export function scoreLowAlarms(
  traces: readonly WatchedTrace[],
  threshold: number,
  aheadSteps = EARLIEST_STEPS,
): LowAlarmScore {
  let lows = 0;
  let alarms = 0;
  let right = 0;
  let steps = 0;
  const leads: number[] = [];
  for (const { mgdl, chances } of traces) {
    const starts = lowStarts(mgdl);
    const sounded = alarmsOf(mgdl, chances, threshold);
    const isBefore = (alarm: number, start: number): boolean => start - alarm >= 1 && start - alarm <= aheadSteps;
    lows += starts.length;
    alarms += sounded.length;
    right += sounded.filter((alarm) => starts.some((start) => isBefore(alarm, start))).length;
    for (const start of starts) {
      const first = sounded.find((alarm) => isBefore(alarm, start));
      if (first !== undefined) leads.push((start - first) * 5);
    }
    for (let i = 0; i < chances.length; i++) if (!Number.isNaN(chances[i]!)) steps++;
  }
  leads.sort((a, b) => a - b);
  return {
    lows,
    foreseen: leads.length,
    sensitivity: lows === 0 ? null : leads.length / lows,
    alarms,
    precision: alarms === 0 ? null : right / alarms,
    falseADay: steps === 0 ? null : ((alarms - right) * STEPS_A_DAY) / steps,
    medianLeadMinutes: leads[Math.floor(leads.length / 2)] ?? null,
  };
}

/** Indices at which a low begins. */
export function lowStarts(mgdl: ArrayLike<number>): number[] {
  const starts: number[] = [];
  let below = 0;
  let above = 0;
  let isLow = false;
  for (let i = 0; i < mgdl.length; i++) {
    below = mgdl[i]! < LOW_MGDL ? below + 1 : 0;
    above = mgdl[i]! >= LOW_MGDL ? above + 1 : 0;
    if (!isLow && below === IN_A_ROW) {
      isLow = true;
      starts.push(i - IN_A_ROW + 1);
    } else if (isLow && above === IN_A_ROW) isLow = false;
  }
  return starts;
}

function alarmsOf(mgdl: ArrayLike<number>, chances: ArrayLike<number>, threshold: number): number[] {
  const alarms: number[] = [];
  for (let i = 0; i < mgdl.length; i++) {
    const isQuiet = i - (alarms.at(-1) ?? Number.NEGATIVE_INFINITY) < SNOOZE_STEPS;
    if (!isQuiet && mgdl[i]! >= LOW_MGDL && chances[i]! >= threshold) alarms.push(i);
  }
  return alarms;
}

/**
 * The lowest of some thresholds that keeps false alarms at or below a number a day: to be chosen on other days than it is
 * judged on. `null` where none does.
 */
export function thresholdFor(
  traces: readonly WatchedTrace[],
  mostFalseADay: number,
  thresholds: readonly number[],
  aheadSteps = EARLIEST_STEPS,
): number | null {
  const ascending = [...thresholds].sort((a, b) => a - b);
  const isQuietEnough = (threshold: number): boolean =>
    (scoreLowAlarms(traces, threshold, aheadSteps).falseADay ?? 0) <= mostFalseADay;
  return ascending.find(isQuietEnough) ?? null;
}
