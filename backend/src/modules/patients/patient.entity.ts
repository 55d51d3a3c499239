import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { TargetPreset } from '../../domain/glycemia/targets.js';
import type { GlucoseUnit } from '../../domain/glycemia/units.js';

export type DiabetesType = 'type1' | 'type2' | 'prediabetes' | 'gestational' | 'other';

/** A person's diabetes record. It belongs to an organisation, to a person with a login, or to both. */
@Entity('patients')
export class Patient {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Index('patients_organisation', { where: 'archived_at IS NULL' })
  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId!: string | null;

  @Column('uuid', { name: 'user_id', nullable: true, unique: true })
  userId!: string | null;

  @Column('text', { name: 'display_name' })
  displayName!: string;

  @Column('date', { name: 'date_of_birth', nullable: true })
  dateOfBirth!: string | null;

  @Column('text', { name: 'diabetes_type', nullable: true })
  diabetesType!: DiabetesType | null;

  @Column('text', { name: 'target_preset', default: 'adult' })
  targetPreset!: TargetPreset;

  @Column('text', { default: 'mg/dL' })
  unit!: GlucoseUnit;

  /** Simulated, not measured on a person. */
  @Column('boolean', { default: false })
  synthetic!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'archived_at', nullable: true })
  archivedAt!: Date | null;
}
