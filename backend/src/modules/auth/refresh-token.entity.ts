import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One link of a session. All tokens that descend from one login are a family, and stand or fall together. */
@Entity('refresh_tokens')
export class RefreshToken {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Index('refresh_tokens_user')
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Index('refresh_tokens_family')
  @Column('uuid', { name: 'family_id' })
  familyId!: string;

  @Column('timestamptz', { name: 'family_started_at' })
  familyStartedAt!: Date;

  /** SHA-256 of the token. The token itself is stored nowhere. */
  @Column('bytea', { name: 'token_hash', unique: true })
  tokenHash!: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt!: Date | null;

  @Column('uuid', { name: 'replaced_by', nullable: true })
  replacedBy!: string | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
