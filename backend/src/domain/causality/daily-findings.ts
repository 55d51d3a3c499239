import { withoutGroupMeans, withoutTrend } from './adjustment.js';
import type { DailyGrid, DailyVariable } from './daily-grid.js';
import { dailyFinding } from './finding-words.js';
import type { FindingsAnswer } from './finding.js';
import { INFLUENCE_DEFAULTS, influences } from './influences.js';

const OUTCOMES: readonly DailyVariable[] = ['meanGlucose', 'timeInRange'];
const EXPOSURES: readonly DailyVariable[] = ['exercise', 'sleep', 'carbs', 'insulin'];
/** Within a day these follow glucose as much as they lead it. */
const RESPONSES: readonly DailyVariable[] = ['carbs', 'insulin'];
/** Fewer days of glucose than this make no comparison worth showing. */
export const LEAST_GLUCOSE_DAYS = 30;
const SATURDAY_AND_SUNDAY = [6, 0];

export interface DailyFindingsOptions {
  /** Longest lag in days. */
  readonly maxLag?: number;
  readonly falseDiscoveryRate?: number;
  readonly resamples?: number;
  readonly seed?: number;
  readonly onProgress?: ((part: number) => void) | undefined;
}

/**
 * What goes with a person's glucose from day to day, after weekends and a steady drift are taken out of every variable:
 * associations with size, interval and stability, in words. Carbohydrate and insulin count from the next day on: on the day
 * itself they answer glucose. The same grid and seed give the same answer.
 */
export function dailyFindings(grid: DailyGrid, options: DailyFindingsOptions = {}): FindingsAnswer {
  const { maxLag = 2, ...chosen } = options;
  const settings = { ...INFLUENCE_DEFAULTS, ...chosen, maxLag, blockSteps: 7, responses: RESPONSES };
  const columnOf = (name: DailyVariable) => grid.columns[grid.names.indexOf(name)] ?? new Float64Array();
  const knownDays = (name: DailyVariable) => columnOf(name).filter((value) => !Number.isNaN(value)).length;
  const missing: string[] = [];
  if (knownDays('meanGlucose') < LEAST_GLUCOSE_DAYS) {
    missing.push(`${knownDays('meanGlucose')} days of glucose, ${LEAST_GLUCOSE_DAYS} are needed`);
  }
  if (EXPOSURES.every((name) => knownDays(name) === 0)) missing.push('no meal, dose, exercise or sleep was noted');
  if (missing.length > 0) return { status: 'too-little-data', missing };

  const adjusted = withoutGroupMeans(withoutTrend(grid), weekends(grid));
  const { found, tested, setAside } = influences(adjusted, OUTCOMES, EXPOSURES, settings);
  return {
    status: 'done',
    findings: found.flatMap((influence) => dailyFinding(influence) ?? []),
    tested,
    falseDiscoveryRate: settings.falseDiscoveryRate,
    setAside,
  };
}

/** 1 for Saturdays and Sundays; day 0, 1970-01-01, was a Thursday. */
function weekends({ firstDay, columns }: DailyGrid): Uint8Array {
  return Uint8Array.from({ length: columns[0]?.length ?? 0 }, (_, step) => {
    const weekday = (((firstDay + step + 4) % 7) + 7) % 7;
    return Number(SATURDAY_AND_SUNDAY.includes(weekday));
  });
}
