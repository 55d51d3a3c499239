import type { Freshness, LatestReading } from '@/api/types';

/** How far a reading may stand for now at an instant of the server's clock; the limits come with the reading. */
export function freshnessAt({ delayedAt, staleAt, lostAt }: LatestReading, now: number): Freshness {
  if (now > Date.parse(lostAt)) return 'lost';
  if (now > Date.parse(staleAt)) return 'stale';
  return now >= Date.parse(delayedAt) ? 'delayed' : 'current';
}
