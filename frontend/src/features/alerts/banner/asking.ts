import type { Alert } from '@/api/types';

/**
 * Whether somebody was to hear an alert as grave as it is now, and whoever looks did not silence it. What is only worth
 * knowing waits in the inbox.
 */
export const isAsking = ({ state, acknowledged, snoozedUntil, severity, soundings }: Alert): boolean =>
  state === 'open' &&
  severity !== 'info' &&
  !acknowledged &&
  snoozedUntil === null &&
  soundings.some((one) => one.severity === severity && one.decision === 'sound');
