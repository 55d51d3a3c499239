import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { cutPage, decodeCursor, TimeKey } from '../../common/pagination.js';
import { Problem } from '../../common/problem.js';
import type { Actor } from '../auth/actor.js';
import { UsersRepository } from '../auth/users.repository.js';
import { Grant } from './grant.entity.js';
import type { GrantChange, GrantListQuery, GrantRequest, PatientGrant, PatientGrantPage } from './grants.schemas.js';

const YEAR_MS = 365 * 86_400_000;

@Injectable()
export class GrantsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly users: UsersRepository,
  ) {}

  async create(actor: Actor, patientId: string, request: GrantRequest): Promise<PatientGrant> {
    const grantee = await this.users.demandByEmail(request.email);
    const now = this.clock.now();
    const validFrom = request.validFrom ? new Date(request.validFrom) : now;
    const validUntil = request.validUntil ? new Date(request.validUntil) : new Date(validFrom.getTime() + YEAR_MS);
    refuseEmptyPeriod(validFrom, validUntil);
    const { identifiers } = await this.dataSource.manager.insert(Grant, {
      patientId,
      granteeUserId: grantee.id,
      scope: request.scope,
      validFrom,
      validUntil,
      createdBy: actor.userId,
      createdAt: now,
    });
    return this.describe(patientId, String(identifiers[0]?.['id']));
  }

  /** Every grant there ever was, oldest first. */
  async list(patientId: string, { limit, cursor }: GrantListQuery): Promise<PatientGrantPage> {
    const after = decodeCursor(cursor, TimeKey);
    const rows: GrantRow[] = await this.dataSource.query(
      `${SELECT} WHERE g.patient_id = $1
         AND ($2::timestamptz IS NULL OR (date_trunc('milliseconds', g.created_at), g.id) > ($2, $3::uuid))
       ORDER BY date_trunc('milliseconds', g.created_at), g.id LIMIT $4`,
      [patientId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, nextCursor } = cutPage(rows, limit, (last) => [last.created_at.toISOString(), last.id]);
    return { items: items.map((row) => toGrant(row, this.clock.now())), nextCursor };
  }

  async change(patientId: string, grantId: string, change: GrantChange): Promise<PatientGrant> {
    const grant = await this.dataSource.manager.findOneBy(Grant, { id: grantId, patientId });
    if (!grant) throw new Problem('NOT_FOUND', 'There is no such grant.');
    if (grant.revokedAt) throw new Problem('CONFLICT', 'A revoked grant stays as it is. Make a new one.');
    const validFrom = change.validFrom ? new Date(change.validFrom) : grant.validFrom;
    const validUntil = change.validUntil ? new Date(change.validUntil) : grant.validUntil;
    refuseEmptyPeriod(validFrom, validUntil);
    await this.dataSource.manager.update(
      Grant,
      { id: grantId, patientId },
      { scope: change.scope ?? grant.scope, validFrom, validUntil },
    );
    return this.describe(patientId, grantId);
  }

  /** Ends a grant at once; a second time changes nothing. */
  async revoke(patientId: string, grantId: string): Promise<void> {
    const found = await this.dataSource.manager.existsBy(Grant, { id: grantId, patientId });
    if (!found) throw new Problem('NOT_FOUND', 'There is no such grant.');
    await this.dataSource.query(
      'UPDATE grants SET revoked_at = $3 WHERE id = $1 AND patient_id = $2 AND revoked_at IS NULL',
      [grantId, patientId, this.clock.now()],
    );
  }

  private async describe(patientId: string, grantId: string): Promise<PatientGrant> {
    const [row]: GrantRow[] = await this.dataSource.query(`${SELECT} WHERE g.patient_id = $1 AND g.id = $2`, [
      patientId,
      grantId,
    ]);
    if (!row) throw new Problem('NOT_FOUND', 'There is no such grant.');
    return toGrant(row, this.clock.now());
  }
}

const SELECT = `
  SELECT g.id, g.scope, g.valid_from, g.valid_until, g.created_at, g.revoked_at,
    u.id AS grantee_id, u.display_name, u.email
  FROM grants g JOIN users u ON u.id = g.grantee_user_id`;

interface GrantRow {
  readonly id: string;
  readonly scope: PatientGrant['scope'];
  readonly valid_from: Date;
  readonly valid_until: Date;
  readonly created_at: Date;
  readonly revoked_at: Date | null;
  readonly grantee_id: string;
  readonly display_name: string;
  readonly email: string;
}

function refuseEmptyPeriod(from: Date, until: Date): void {
  if (from < until) return;
  throw new Problem('INVALID_INPUT', 'A grant must end after it begins.', [
    { path: 'validUntil', code: 'empty_period', message: 'Must be later than validFrom.' },
  ]);
}

function stateOf(row: GrantRow, now: Date): PatientGrant['state'] {
  if (row.revoked_at) return 'revoked';
  if (row.valid_until <= now) return 'expired';
  return row.valid_from > now ? 'pending' : 'live';
}

const toGrant = (row: GrantRow, now: Date): PatientGrant => ({
  id: row.id,
  grantee: { id: row.grantee_id, displayName: row.display_name, email: row.email },
  scope: row.scope,
  validFrom: row.valid_from.toISOString(),
  validUntil: row.valid_until.toISOString(),
  state: stateOf(row, now),
  createdAt: row.created_at.toISOString(),
  revokedAt: row.revoked_at?.toISOString() ?? null,
});
