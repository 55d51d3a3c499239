import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import type { MembershipRole } from './membership.entity.js';
import type { Member } from './organisations.schemas.js';

@Injectable()
export class MembershipsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The roles a person holds now, everywhere or in one organisation. */
  rolesOf(userId: string, organisationId?: string): Promise<{ organisationId: string; role: MembershipRole }[]> {
    return this.dataSource.query(
      `SELECT organisation_id AS "organisationId", role FROM memberships
       WHERE user_id = $1 AND revoked_at IS NULL AND ($2::uuid IS NULL OR organisation_id = $2)`,
      [userId, organisationId ?? null],
    );
  }

  /** People with a role now, by the time they joined, after the one that a cursor names. */
  async membersOf(organisationId: string, after: readonly [string, string] | null, limit: number): Promise<Member[]> {
    const rows: MemberRow[] = await this.dataSource.query(
      `SELECT * FROM (${MEMBERS}) members
       WHERE $2::timestamptz IS NULL OR (joined_at, user_id) > ($2, $3::uuid)
       ORDER BY joined_at, user_id LIMIT $4`,
      [organisationId, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
    return rows.map(toMember);
  }

  async memberOf(organisationId: string, userId: string): Promise<Member | null> {
    const [row]: MemberRow[] = await this.dataSource.query(`SELECT * FROM (${MEMBERS}) members WHERE user_id = $2`, [
      organisationId,
      userId,
    ]);
    return row ? toMember(row) : null;
  }

  /** Gives a person exactly these roles; none ends the membership. */
  async setRoles(organisationId: string, userId: string, roles: readonly MembershipRole[]): Promise<void> {
    const now = this.clock.now();
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `UPDATE memberships SET revoked_at = $4
         WHERE organisation_id = $1 AND user_id = $2 AND revoked_at IS NULL AND role <> ALL ($3::text[])`,
        [organisationId, userId, roles, now],
      );
      await manager.query(
        `INSERT INTO memberships (organisation_id, user_id, role, created_at)
         SELECT $1, $2, role, $4 FROM unnest($3::text[]) role
         ON CONFLICT (organisation_id, user_id, role) DO UPDATE SET revoked_at = NULL, created_at = $4
           WHERE memberships.revoked_at IS NOT NULL`,
        [organisationId, userId, roles, now],
      );
    });
  }
}

const MEMBERS = `
  SELECT u.id AS user_id, u.email, u.display_name, array_agg(m.role ORDER BY m.role) AS roles,
    date_trunc('milliseconds', min(m.created_at)) AS joined_at
  FROM memberships m JOIN users u ON u.id = m.user_id
  WHERE m.organisation_id = $1 AND m.revoked_at IS NULL
  GROUP BY u.id`;

interface MemberRow {
  readonly user_id: string;
  readonly email: string;
  readonly display_name: string;
  readonly roles: MembershipRole[];
  readonly joined_at: Date;
}

const toMember = (row: MemberRow): Member => ({
  userId: row.user_id,
  email: row.email,
  displayName: row.display_name,
  roles: row.roles,
  joinedAt: row.joined_at.toISOString(),
});
