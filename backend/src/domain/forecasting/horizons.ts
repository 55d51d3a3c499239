/** How far apart the steps of a forecast are. */
export const STEP_MINUTES = 5;
/** 5 to 120 minutes ahead. */
export const STEPS = 24;
/** The probabilities whose quantiles a forecast names, ascending. */
export const LEVELS = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975] as const;
export const MEDIAN_LEVEL = 4;
/** Quantiles of one forecast: row-major, a row per step, a column per level. */
export const QUANTILES = STEPS * LEVELS.length;
/** The horizons that forecasts are judged at; the others lie between. */
export const JUDGED_MINUTES = [30, 60, 120] as const;
