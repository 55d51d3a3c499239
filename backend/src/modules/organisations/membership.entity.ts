import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type MembershipRole = 'clinician' | 'admin';

/** One role of one person in one organisation; the same person may hold both. */
@Entity('memberships')
export class Membership {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId!: string;

  @Index('memberships_user', { where: 'revoked_at IS NULL' })
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('text')
  role!: MembershipRole;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
