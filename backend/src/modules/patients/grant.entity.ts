import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export type GrantScope = 'read' | 'write';

/** A dated, revocable permission for one person to read, or read and write, one patient's data. */
@Entity('grants')
@Index('grants_patient', ['patientId', 'granteeUserId'])
export class Grant {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'patient_id' })
  patientId!: string;

  @Index('grants_grantee', { where: 'revoked_at IS NULL' })
  @Column('uuid', { name: 'grantee_user_id' })
  granteeUserId!: string;

  @Column('text')
  scope!: GrantScope;

  @Column('timestamptz', { name: 'valid_from' })
  validFrom!: Date;

  @Column('timestamptz', { name: 'valid_until' })
  validUntil!: Date;

  @Column('uuid', { name: 'created_by' })
  createdBy!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
