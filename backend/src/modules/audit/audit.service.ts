import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';

/** One look by one person at the data of others. */
export interface Look {
  readonly actorUserId: string;
  readonly patientIds: readonly string[];
  /** The route as a template, as in `GET /patients/{patientId}/metrics`: no address of a person, no query. */
  readonly action: string;
  readonly requestId: string;
}

/** Writes down who looked at whose data. A look that cannot be written down does not happen. */
@Injectable()
export class AuditService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async record(look: Look): Promise<void> {
    if (look.patientIds.length === 0) return;
    await this.dataSource.query(
      `INSERT INTO audit_events (at, actor_user_id, patient_ids, action, request_id) VALUES ($1, $2, $3, $4, $5)`,
      [this.clock.now(), look.actorUserId, look.patientIds, look.action, look.requestId],
    );
  }

  /** Notes one read of many patients, as a list of them is. Leave the caller's own record out. */
  recordReads(actor: { readonly userId: string }, patientIds: readonly string[], action: string, requestId: string) {
    return this.record({ actorUserId: actor.userId, patientIds, action, requestId });
  }
}
