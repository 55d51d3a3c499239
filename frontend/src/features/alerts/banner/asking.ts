import type { Alert } from '@/api/types';
import { inboxAddress, parseInboxAddress } from '../alerts-address';

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

/** Whether the page that is open shows an alert with what can be done: the whole inbox each, an alert's page its own. */
export const isOnPage = (id: string, path: string, query: URLSearchParams): boolean =>
  path === `/alerts/${id}` ||
  (path === '/alerts' && inboxAddress(parseInboxAddress(Object.fromEntries(query))) === '/alerts');
