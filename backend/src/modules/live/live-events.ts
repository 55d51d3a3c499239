import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { queryPrepared, queryPreparedIn } from '../../database/prepared.js';
import type { LiveEvent } from './live-event.js';

/** The bell of the outbox. Carries nothing: who hears it reads the table. */
export const EVENTS_BELL = 'glucolens_live';

const APPEND = {
  name: 'tell-pages',
  text: `
    WITH written AS (
      INSERT INTO live_events (at, patient_id, kind, subject)
      SELECT $1, e.patient_id, e.kind, e.subject
      FROM jsonb_to_recordset($2::jsonb) AS e (patient_id uuid, kind text, subject jsonb)
    )
    SELECT pg_notify('${EVENTS_BELL}', '')`,
};

const KEPT = `interval '24 hours'`;

/** The newest stays in any case: its number tells who has fallen behind. */
const FORGET = `
  DELETE FROM live_events WHERE id < (SELECT max(id) FROM live_events)
    AND id <= (SELECT max(id) FROM live_events WHERE at < $1::timestamptz - ${KEPT})`;

/** The way to open pages, from whichever process: rows of an outbox, and a bell that rings when they are committed. */
@Injectable()
export class LiveEvents {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells everybody who may read these patients, once the transaction of `manager` is committed and not otherwise. Keep
   * to ids, states and instants: rows stay for a day, and are read by whoever may read the patient by then.
   */
  async append(manager: EntityManager, events: readonly LiveEvent[]): Promise<void> {
    if (events.length > 0) await queryPreparedIn(manager, APPEND, this.rowsOf(events));
  }

  /** Tells of what is committed already. */
  async tell(events: readonly LiveEvent[]): Promise<void> {
    if (events.length > 0) await queryPrepared(this.dataSource, APPEND, this.rowsOf(events));
  }

  private rowsOf(events: readonly LiveEvent[]): [at: Date, rows: string] {
    const rows = events.map(({ kind, patientId, ...subject }) => ({ patient_id: patientId, kind, subject }));
    return [this.clock.now(), JSON.stringify(rows)];
  }

  /** Forgets what nobody will come back for. */
  async forgetOld(): Promise<void> {
    await this.dataSource.query(FORGET, [this.clock.now()]);
  }
}
