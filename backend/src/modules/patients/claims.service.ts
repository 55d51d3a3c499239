import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import type { Actor } from '../auth/actor.js';
import { isInvitationCode } from './invitation-code.js';
import { PatientsRepository } from './patients.repository.js';
import type { DiabetesType } from './patient.entity.js';
import type { Patient } from './patients.schemas.js';

/** What says that a record is in use: rows stored, or a file that waits to become rows. */
const IN_USE = `
  SELECT EXISTS (SELECT FROM glucose_readings WHERE patient_id = $1)
    OR EXISTS (SELECT FROM records WHERE patient_id = $1)
    OR EXISTS (SELECT FROM imports WHERE patient_id = $1 AND status IN ('queued', 'running', 'needs-input')) AS used`;

const OPEN_INVITATION = `
  SELECT i.patient_id, i.code_hash FROM record_invitations i JOIN users u ON u.email = i.email
  WHERE i.id = $1 AND u.id = $2 AND i.answer IS NULL AND i.expires_at > $3`;

/** Joins a record that an organisation keeps with the login of the person it is about, by that person's own word. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly patients: PatientsRepository,
  ) {}

  /** The record of the registration gives way, as long as nothing is in it or on its way there. */
  async accept(actor: Actor, invitationId: string, code: string): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      const invitation = await this.openInvitation(manager, actor, invitationId);
      if (!isInvitationCode(code, invitation.code_hash)) {
        throw new Problem('INVALID_INPUT', 'This is not the code of the invitation.', [
          { path: 'code', code: 'wrong_code', message: 'Ask the clinic for the code that belongs to it.' },
        ]);
      }
      await this.giveWay(manager, actor);
      const joined: [object[], number] = await manager.query(
        'UPDATE patients SET user_id = $2 WHERE id = $1 AND user_id IS NULL AND archived_at IS NULL',
        [invitation.patient_id, actor.userId],
      );
      if (joined[1] === 0) throw new Problem('CONFLICT', 'The clinic no longer offers this record.');
      await this.answer(manager, invitationId, 'accepted');
      return invitation.patient_id;
    });
  }

  async decline(actor: Actor, invitationId: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.openInvitation(manager, actor, invitationId);
      await this.answer(manager, invitationId, 'declined');
    });
  }

  /**
   * Takes the login off the record, which stays with the organisation as it is. The grants that the person gave end, and
   * the person has an empty record of their own again.
   */
  async leave(actor: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [left]: LeftRow[] = await manager.query(
        `SELECT p.id, p.organisation_id, p.date_of_birth::text, p.diabetes_type, p.target_preset, p.unit, p.synthetic,
           u.display_name, (SELECT z.time_zone FROM patient_zones z WHERE z.patient_id = p.id AND z.valid_from <= $2
             ORDER BY z.valid_from DESC LIMIT 1) AS time_zone
         FROM patients p JOIN users u ON u.id = p.user_id WHERE p.user_id = $1 FOR UPDATE OF p`,
        [actor.userId, this.clock.now()],
      );
      if (!left?.organisation_id) throw new Problem('CONFLICT', 'No clinic keeps your record.');
      await manager.query('UPDATE patients SET user_id = NULL WHERE id = $1', [left.id]);
      await manager.query(
        'UPDATE grants SET revoked_at = $3 WHERE patient_id = $1 AND created_by = $2 AND revoked_at IS NULL',
        [left.id, actor.userId, this.clock.now()],
      );
      await this.patients.insert(manager, {
        userId: actor.userId,
        displayName: left.display_name,
        dateOfBirth: left.date_of_birth,
        diabetesType: left.diabetes_type,
        targetPreset: left.target_preset,
        unit: left.unit,
        synthetic: left.synthetic,
        timeZone: left.time_zone,
      });
    });
  }

  private async giveWay(manager: EntityManager, actor: Actor): Promise<void> {
    // Locked against the upload of a file: the row of an import waits for the record it belongs to.
    const [own]: { id: string; organisation_id: string | null }[] = await manager.query(
      'SELECT id, organisation_id FROM patients WHERE user_id = $1 FOR UPDATE',
      [actor.userId],
    );
    if (!own) return;
    if (own.organisation_id !== null) throw new Problem('CONFLICT', 'Leave the record of your other clinic first.');
    const [found]: { used: boolean }[] = await manager.query(IN_USE, [own.id]);
    if (found?.used) throw new Problem('CONFLICT', 'Your own record holds data, or waits for a file to be read.');
    await manager.query('UPDATE patients SET user_id = NULL, archived_at = $2 WHERE id = $1', [
      own.id,
      this.clock.now(),
    ]);
  }

  private async openInvitation(manager: EntityManager, actor: Actor, id: string): Promise<InvitationRow> {
    const [row]: InvitationRow[] = await manager.query(OPEN_INVITATION, [id, actor.userId, this.clock.now()]);
    if (!row) throw new Problem('NOT_FOUND', 'There is no open invitation like this.');
    return row;
  }

  /** Of two answers at once the second finds nothing open. */
  private async answer(manager: EntityManager, id: string, answer: 'accepted' | 'declined'): Promise<void> {
    const [, changed]: [object[], number] = await manager.query(
      'UPDATE record_invitations SET answer = $2, answered_at = $3 WHERE id = $1 AND answer IS NULL',
      [id, answer, this.clock.now()],
    );
    if (changed === 0) throw new Problem('NOT_FOUND', 'There is no open invitation like this.');
  }
}

interface InvitationRow {
  readonly patient_id: string;
  readonly code_hash: Buffer;
}

interface LeftRow {
  readonly id: string;
  readonly organisation_id: string | null;
  readonly display_name: string;
  readonly date_of_birth: string | null;
  readonly diabetes_type: DiabetesType | null;
  readonly target_preset: Patient['targetPreset'];
  readonly unit: Patient['unit'];
  readonly synthetic: boolean;
  readonly time_zone: string;
}
