import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryPrepared } from '../../database/prepared.js';
import type { AlertWork } from '../../domain/alerts/standing.js';

/** Work on alerts that notes when it came to its end. */
export type AlertRun = 'evaluation' | 'delivery' | 'heartbeat';

const NOTE = {
  name: 'note-alert-work',
  text: `
    INSERT INTO alert_runs AS r (work, finished_at) VALUES ($1, $2)
    ON CONFLICT (work) DO UPDATE SET finished_at = greatest(r.finished_at, excluded.finished_at)`,
};

const ago = (instant: string): string => `extract(epoch FROM $1::timestamptz - (${instant}))::float8`;
const lastRun = (work: AlertRun): string => ago(`SELECT finished_at FROM alert_runs WHERE work = '${work}'`);

/** A delivery that is attempted moves its next attempt past the time that an attempt may last. */
const WORK = `
  SELECT ${ago('SELECT max(last_seen_at) FROM listening_intervals')} AS "listenedAgo",
    ${lastRun('evaluation')} AS "evaluatedAgo", ${lastRun('delivery')} AS "deliveredAgo",
    greatest(0, ${ago(`SELECT least(
      (SELECT min(i.due_at) FROM patient_ingest i WHERE i.due_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM alert_failures f WHERE f.patient_id = i.patient_id)),
      (SELECT min(s.next_at) FROM alert_state s WHERE s.next_at <= $1
        AND NOT EXISTS (SELECT FROM alert_failures f WHERE f.patient_id = s.patient_id)))`)}) AS "oldestDueSeconds",
    greatest(0, ${ago(`SELECT least(
      (SELECT min(decided_at) FROM alert_soundings WHERE decision = 'sound' AND planned_at IS NULL),
      (SELECT min(next_step_at) FROM alert_plans WHERE next_step_at IS NOT NULL),
      (SELECT min(least(next_attempt_at, expires_at)) FROM alert_deliveries WHERE next_attempt_at IS NOT NULL))`)})
      AS "oldestMessageSeconds",
    (SELECT count(*)::int FROM alert_failures) AS "failingPatients",
    (SELECT count(*)::int FROM (
      SELECT patient_id FROM alert_failures
      UNION SELECT patient_id FROM alert_state WHERE evaluated_at > $1::timestamptz - interval '1 day') recent
    ) AS "recentPatients"`;

/** When work on alerts last came to its end, and what waits, in whatever process. */
@Injectable()
export class AlertWorkRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** To be called at the very end of the work: what only began proves nothing. */
  async noteEnd(run: AlertRun, now: Date): Promise<void> {
    await queryPrepared(this.dataSource, NOTE, [run, now]);
  }

  async workAt(now: Date): Promise<AlertWork> {
    const [row] = await this.dataSource.query<AlertWork[]>(WORK, [now]);
    if (!row) throw new Error('the state of the work on alerts is one row');
    return row;
  }

  /** Seconds since each kind of work last came to its end, of those that ever did. */
  async agesAt(now: Date): Promise<ReadonlyMap<AlertRun, number>> {
    const rows = await this.dataSource.query<{ work: AlertRun; seconds: number }[]>(
      `SELECT work, ${ago('finished_at')} AS seconds FROM alert_runs`,
      [now],
    );
    return new Map(rows.map(({ work, seconds }) => [work, seconds]));
  }
}
