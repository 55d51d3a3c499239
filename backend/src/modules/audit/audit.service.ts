import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import * as z from 'zod';
import { Clock } from '../../common/clock.js';
import { queryPrepared } from '../../database/prepared.js';
import { cutPage, decodeCursor } from '../../common/pagination.js';
import type { AuditPage, AuditQuery } from './audit.schemas.js';

/** One look by one person at the data of others. */
export interface Look {
  readonly actorUserId: string;
  readonly patientIds: readonly string[];
  /** The route as a template, as in `GET /patients/{patientId}/metrics`: no address of a person, no query. */
  readonly action: string;
  readonly requestId: string;
}

const RECORD = {
  name: 'record-look',
  text: 'INSERT INTO audit_events (at, actor_user_id, patient_ids, action, request_id) VALUES ($1, $2, $3, $4, $5)',
};

/** Writes down who looked at whose data. A look that cannot be written down does not happen. */
@Injectable()
export class AuditService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async record(look: Look): Promise<void> {
    if (look.patientIds.length === 0) return;
    const { actorUserId, patientIds, action, requestId } = look;
    await queryPrepared(this.dataSource, RECORD, [this.clock.now(), actorUserId, patientIds, action, requestId]);
  }

  /** Notes one read of many patients, as a list of them is. Leave the caller's own record out. */
  recordReads(actor: { readonly userId: string }, patientIds: readonly string[], action: string, requestId: string) {
    return this.record({ actorUserId: actor.userId, patientIds, action, requestId });
  }

  /** Who looked at one patient's data, oldest first. */
  async listFor(patientId: string, { from, to, limit, cursor }: AuditQuery): Promise<AuditPage> {
    const after = decodeCursor(cursor, EventKey);
    const rows: EventRow[] = await this.dataSource.query(
      `SELECT e.id, e.at, e.actor_user_id, u.display_name, e.action, e.request_id
       FROM audit_events e LEFT JOIN users u ON u.id = e.actor_user_id
       WHERE e.patient_ids @> ARRAY[$1::uuid] AND e.id > $2
         AND ($3::timestamptz IS NULL OR e.at >= $3) AND ($4::timestamptz IS NULL OR e.at < $4)
       ORDER BY e.id LIMIT $5`,
      [patientId, after?.[0] ?? '0', from ?? null, to ?? null, limit + 1],
    );
    const { items, nextCursor } = cutPage(rows, limit, (last) => [last.id]);
    return {
      items: items.map((row) => ({
        at: row.at.toISOString(),
        actor: { id: row.actor_user_id, displayName: row.display_name ?? '' },
        action: row.action,
        requestId: row.request_id,
      })),
      nextCursor,
    };
  }
}

const EventKey = z.tuple([z.string().regex(/^\d{1,18}$/)]);

interface EventRow {
  readonly id: string;
  readonly at: Date;
  readonly actor_user_id: string;
  readonly display_name: string | null;
  readonly action: string;
  readonly request_id: string;
}
