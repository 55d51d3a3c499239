import type { Alert } from '@/api/types';

/** The parts of the inbox: open alerts, most urgent first, then what is over. */
export const TIERS = ['urgent', 'warning', 'info', 'over'] as const;
export type Tier = (typeof TIERS)[number];

export interface Arrangement {
  /** In the order shown. */
  readonly shown: readonly Alert[];
  /** Alerts that came in meanwhile and wait until nothing is held any more. */
  readonly waiting: readonly Alert[];
  /** Alerts on the screen that the server no longer counts among those asked for. */
  readonly gone: ReadonlySet<string>;
}

export const arranged = (items: readonly Alert[]): Arrangement => ({ shown: items, waiting: [], gone: new Set() });

/**
 * What is shown once the server has answered anew. While somebody is at the list (`held`) every row keeps its place,
 * with its state of now: nothing moves under a finger.
 */
export function rearranged({ shown }: Arrangement, fresh: readonly Alert[], held: boolean): Arrangement {
  if (!held) return arranged(fresh);
  const byId = new Map(fresh.map((alert) => [alert.id, alert]));
  const onScreen = new Set(shown.map(({ id }) => id));
  return {
    shown: shown.map((alert) => byId.get(alert.id) ?? alert),
    waiting: fresh.filter(({ id }) => !onScreen.has(id)),
    gone: new Set(shown.filter(({ id }) => !byId.has(id)).map(({ id }) => id)),
  };
}

/** One alert as the server has just confirmed it, in its place. */
export function replaced(arrangement: Arrangement, alert: Alert): Arrangement {
  return { ...arrangement, shown: arrangement.shown.map((one) => (one.id === alert.id ? alert : one)) };
}

export const tierOf = (alerts: readonly Alert[], tier: Tier): Alert[] =>
  alerts.filter(({ state, severity }) => (state === 'open' ? severity : 'over') === tier);
