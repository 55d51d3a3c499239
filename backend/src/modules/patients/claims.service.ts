import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import { UsersRepository } from '../auth/users.repository.js';
import type { AccessiblePatient } from './patient-access.service.js';

/** Tables whose rows say that a record is in use. */
const CONTENT = ['glucose_readings', 'records'] as const;

/** Joins a record that an organisation keeps with the login of the person it is about. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly users: UsersRepository,
  ) {}

  /** The record that came with the registration gives way, as long as nothing was ever stored in it. */
  async claim(patient: AccessiblePatient, email: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const user = await this.users.demandByEmail(email, manager);
      const [own]: { id: string; organisation_id: string | null }[] = await manager.query(
        'SELECT id, organisation_id FROM patients WHERE user_id = $1 FOR UPDATE',
        [user.id],
      );
      if (own?.id === patient.id) return;
      if (own && (own.organisation_id !== null || (await this.isInUse(manager, own.id)))) {
        throw new Problem('CONFLICT', 'This person already has a record with data of their own.');
      }
      if (own) {
        await manager.query('UPDATE patients SET user_id = NULL, archived_at = $2 WHERE id = $1', [
          own.id,
          this.clock.now(),
        ]);
      }
      // Locked, so that of two claims at once the second sees the first and takes nobody's own record away.
      const free: { id: string }[] = await manager.query(
        'SELECT id FROM patients WHERE id = $1 AND user_id IS NULL FOR UPDATE',
        [patient.id],
      );
      if (free.length === 0) throw new Problem('CONFLICT', 'Somebody has claimed this record already.');
      await manager.query('UPDATE patients SET user_id = $2 WHERE id = $1', [patient.id, user.id]);
    });
  }

  private async isInUse(manager: EntityManager, patientId: string): Promise<boolean> {
    const checks = CONTENT.map((table) => `EXISTS (SELECT FROM ${table} WHERE patient_id = $1)`);
    const [found]: { used: boolean }[] = await manager.query(`SELECT ${checks.join(' OR ')} AS used`, [patientId]);
    return found?.used ?? false;
  }
}
