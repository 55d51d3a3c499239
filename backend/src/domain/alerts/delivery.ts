import type { Severity } from './severity.js';

const RETRY_SECONDS = [2, 5, 15, 30, 60] as const;

/** How long to wait after the given number of attempts, one or more, that did not arrive. */
export const retryDelaySeconds = (attempts: number): number => RETRY_SECONDS[attempts - 1] ?? 60;

/** How long a message is worth sending. What arrives later than this would be taken for news. */
export const TIME_TO_LIVE_SECONDS: Readonly<Record<Severity, number>> = {
  urgent: 60 * 60,
  warning: 30 * 60,
  info: 15 * 60,
};

/** A person who waits for longer than this was told late. */
export const LATE_SECONDS = 30;
