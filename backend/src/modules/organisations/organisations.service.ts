import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { cutPage, decodeCursor, TimeKey } from '../../common/pagination.js';
import { Problem } from '../../common/problem.js';
import type { Actor } from '../auth/actor.js';
import type { MembershipRole } from './membership.entity.js';
import { Organisation as OrganisationRow } from './organisation.entity.js';
import type { Organisation, OrganisationListQuery, OrganisationPage } from './organisations.schemas.js';

@Injectable()
export class OrganisationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async create(actor: Actor, name: string): Promise<Organisation> {
    if (!actor.isPlatformAdmin) throw new Problem('FORBIDDEN');
    const { identifiers } = await this.dataSource.manager.insert(OrganisationRow, {
      name,
      createdAt: this.clock.now(),
    });
    return this.describe(actor, String(identifiers[0]?.['id']));
  }

  /** The caller's organisations; all of them for an administrator of the platform. */
  async list(actor: Actor, { limit, cursor }: OrganisationListQuery): Promise<OrganisationPage> {
    const after = decodeCursor(cursor, TimeKey);
    const rows: DescribedRow[] = await this.dataSource.query(
      `SELECT * FROM (${DESCRIBED}) described
       WHERE ($2 OR cardinality(roles) > 0)
         AND ($3::timestamptz IS NULL OR (created_at, id) > ($3, $4::uuid))
       ORDER BY created_at, id LIMIT $5`,
      [actor.userId, actor.isPlatformAdmin, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    return cutPage(rows.map(toOrganisation), limit, (last) => [last.createdAt, last.id]);
  }

  /** Throws `NOT_FOUND` where the caller has nothing to do with it. */
  async describe(actor: Actor, id: string): Promise<Organisation> {
    const [row]: DescribedRow[] = await this.dataSource.query(`SELECT * FROM (${DESCRIBED}) described WHERE id = $2`, [
      actor.userId,
      id,
    ]);
    if (!row || (row.roles.length === 0 && !actor.isPlatformAdmin)) {
      throw new Problem('NOT_FOUND', 'There is no such organisation.');
    }
    return toOrganisation(row);
  }

  /** Lets an administrator of the organisation or of the platform through. */
  async requireAdministrator(actor: Actor, id: string): Promise<void> {
    const { roles } = await this.describe(actor, id);
    if (!actor.isPlatformAdmin && !roles.includes('admin')) throw new Problem('FORBIDDEN');
  }

  async rename(actor: Actor, id: string, name: string): Promise<Organisation> {
    await this.requireAdministrator(actor, id);
    await this.dataSource.manager.update(OrganisationRow, id, { name });
    return this.describe(actor, id);
  }

  /** Ends every membership, and with them all access to its patients but their own. */
  async archive(actor: Actor, id: string): Promise<void> {
    await this.requireAdministrator(actor, id);
    if (!actor.isPlatformAdmin) throw new Problem('FORBIDDEN');
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      await manager.update(OrganisationRow, id, { archivedAt: now });
      await manager.query('UPDATE memberships SET revoked_at = $2 WHERE organisation_id = $1 AND revoked_at IS NULL', [
        id,
        now,
      ]);
    });
  }
}

const DESCRIBED = `
  SELECT o.id, o.name, date_trunc('milliseconds', o.created_at) AS created_at,
    ARRAY(SELECT m.role FROM memberships m
      WHERE m.organisation_id = o.id AND m.user_id = $1 AND m.revoked_at IS NULL ORDER BY m.role) AS roles
  FROM organisations o WHERE o.archived_at IS NULL`;

interface DescribedRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly roles: MembershipRole[];
}

const toOrganisation = (row: DescribedRow): Organisation => ({
  id: row.id,
  name: row.name,
  roles: row.roles,
  createdAt: row.created_at.toISOString(),
});
