import { DAYS_WANTED } from '../../glycemia/sufficiency.js';

/** Days of glucose below which nothing is looked for: those that the consensus asks of a report. */
export const DAYS_NEEDED = DAYS_WANTED;
/** Meals, lows, or nights of a kind without which nothing can be compared. */
export const OF_A_KIND_NEEDED = 10;
/** Weeks, each with days of both kinds. */
export const WEEKS_NEEDED = 6;
