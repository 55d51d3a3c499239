import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import type { Outage } from '../../domain/alerts/rules/no-data.js';

const BEAT_MS = 15_000;
/** A process that was not seen for this long had stopped listening when it was seen last. */
const PATIENCE_SECONDS = 45;
const KNOWN_FOR_MS = 5_000;
const REMEMBERED_DAYS = 14;

const BEAT = `
  INSERT INTO listening_intervals (id, started_at, last_seen_at) VALUES ($1, $2, $2)
  ON CONFLICT (id) DO UPDATE SET last_seen_at = excluded.last_seen_at`;

const FORGET = `DELETE FROM listening_intervals WHERE last_seen_at < $1::timestamptz - interval '${REMEMBERED_DAYS} days'`;

const INTERVALS = `
  SELECT extract(epoch FROM started_at)::float8 AS "from", extract(epoch FROM last_seen_at)::float8 AS "to"
  FROM listening_intervals ORDER BY started_at`;

/**
 * Keeps account of when GlucoLens could take in readings. A silence counts as silence only while it could: a laptop that
 * slept has not lost its patients.
 */
@Injectable()
export class ListeningService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly id = randomUUID();
  private timer: NodeJS.Timeout | null = null;
  private known: { at: number; outages: readonly Outage[] } | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.environment.PROCESS_ROLE !== 'api' && this.environment.PROCESS_ROLE !== 'all') return;
    await this.dataSource.query(FORGET, [this.clock.now()]);
    await this.beat();
    this.timer = setInterval(() => void this.beat().catch(() => undefined), BEAT_MS);
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** The times in which nobody listened, ascending. What was before the first account counts as such a time. */
  async outages(): Promise<readonly Outage[]> {
    const now = this.clock.now().getTime();
    if (this.known && now - this.known.at < KNOWN_FOR_MS) return this.known.outages;
    const intervals = await this.dataSource.query<Outage[]>(INTERVALS);
    const outages = outagesBetween(intervals, now / 1000);
    this.known = { at: now, outages };
    return outages;
  }

  private async beat(): Promise<void> {
    await this.dataSource.query(BEAT, [this.id, this.clock.now()]);
  }
}

/** The gaps between intervals of listening, which ascend by their beginning, up to now. */
export function outagesBetween(intervals: readonly Outage[], now: number): Outage[] {
  const outages: Outage[] = [];
  let heardUntil = Number.NEGATIVE_INFINITY;
  for (const { from, to } of intervals) {
    if (from > heardUntil + PATIENCE_SECONDS) outages.push({ from: heardUntil, to: from });
    heardUntil = Math.max(heardUntil, to);
  }
  if (now > heardUntil + PATIENCE_SECONDS) outages.push({ from: heardUntil, to: now });
  return outages;
}
