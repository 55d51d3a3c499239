import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { VISIBLE_PATIENT_IDS } from '../patients/patient-access.service.js';
import { EVENT_JSON, type OutboxEvent } from './outbox.js';

/** What a client is sent again at most, and how many events of anybody are looked through for it. */
const MOST_SENT_AGAIN = 1_000;
const MOST_LOOKED_THROUGH = 20_000;

const BACKLOG = `
  WITH bounds AS (SELECT coalesce(min(id), 0) AS oldest, coalesce(max(id), 0) AS newest FROM live_events)
  SELECT oldest::float8, newest::float8,
    CASE WHEN newest - $3 <= ${MOST_LOOKED_THROUGH} THEN (
      SELECT json_agg(event ORDER BY id) FROM (
        SELECT e.id, ${EVENT_JSON} AS event FROM live_events e
        WHERE e.id > $3 AND e.patient_id IN (${VISIBLE_PATIENT_IDS})
        ORDER BY e.id LIMIT ${MOST_SENT_AGAIN + 1}) missed) END AS events
  FROM bounds`;

interface BacklogRow {
  readonly oldest: number;
  readonly newest: number;
  readonly events: OutboxEvent[] | null;
}

/** What a client that comes back has missed. */
@Injectable()
export class LiveBacklogRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Events that a person may read after a number; or why the person is better served by asking for everything anew. */
  async after(userId: string, id: number): Promise<readonly OutboxEvent[] | 'too-old' | 'restarted'> {
    const [row] = await this.dataSource.query<BacklogRow[]>(BACKLOG, [userId, this.clock.now(), id]);
    if (!row || id > row.newest) return row && row.newest === 0 && id === 0 ? [] : 'restarted';
    if (id < row.oldest - 1 || row.newest - id > MOST_LOOKED_THROUGH) return 'too-old';
    const events = row.events ?? [];
    return events.length > MOST_SENT_AGAIN ? 'too-old' : events;
  }

  /** Everybody whose news a person is about to be sent, but for the own record. */
  async othersReadableBy(userId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT p.id FROM patients p WHERE p.id IN (${VISIBLE_PATIENT_IDS}) AND p.user_id IS DISTINCT FROM $1`,
      [userId, this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }
}
