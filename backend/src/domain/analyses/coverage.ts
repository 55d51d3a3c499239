import type { PersonHistory } from '../causality/person-history.js';
import { timelineOf } from '../glycemia/timeline.js';

/** A stretch of time `[from, to)`, in seconds since the epoch. */
export interface AnalysisWindow {
  readonly from: number;
  readonly to: number;
}

/** How much of a window an analysis could see. */
export interface AnalysisCoverage {
  /** Share of the window that was measured, 0..100. */
  readonly activePercent: number;
  readonly readings: number;
  readonly doses: number;
  readonly meals: number;
  readonly activities: number;
  readonly sleep: number;
}

export function coverageOf(history: PersonHistory, { from, to }: AnalysisWindow): AnalysisCoverage {
  const { days, count } = timelineOf(history.glucose, history.zones);
  const covered = days.reduce((sum, { coveredSeconds }) => sum + coveredSeconds, 0);
  return {
    activePercent: Math.min(100, (100 * covered) / (to - from)),
    readings: count,
    doses: history.doses.length,
    meals: history.meals.length,
    activities: history.activities.length,
    sleep: history.sleep.length,
  };
}
