import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { cutPage, decodeCursor, TimeKey } from '../../common/pagination.js';
import { Problem } from '../../common/problem.js';
import type { Actor } from '../auth/actor.js';
import { hashInvitationCode, newInvitationCode } from './invitation-code.js';
import type {
  Invitation,
  InvitationListQuery,
  InvitationPage,
  NewInvitation,
  ReceivedInvitationPage,
} from './invitations.schemas.js';

const LIFE_MS = 30 * 86_400_000;

/** Invitations of clinics to the people their records are about. Nothing here looks up whether an address has an account. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Takes the place of an invitation to the same record that is still open. */
  async create(actor: Actor, patientId: string, email: string): Promise<NewInvitation> {
    const code = newInvitationCode();
    const now = this.clock.now();
    const row = await this.dataSource.transaction(async (manager) => {
      const free: object[] = await manager.query('SELECT FROM patients WHERE id = $1 AND user_id IS NULL FOR UPDATE', [
        patientId,
      ]);
      if (free.length === 0) throw new Problem('CONFLICT', 'This record is joined with a login already.');
      await manager.query(
        `UPDATE record_invitations SET answer = 'withdrawn', answered_at = $2 WHERE patient_id = $1 AND answer IS NULL`,
        [patientId, now],
      );
      const [inserted]: InvitationRow[] = await manager.query(
        `INSERT INTO record_invitations (patient_id, email, code_hash, created_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
        [patientId, email, hashInvitationCode(code), actor.userId, now, new Date(now.getTime() + LIFE_MS)],
      );
      return inserted;
    });
    if (!row) throw new Problem('PATIENT_NOT_FOUND');
    return { ...toInvitation(row, now), code };
  }

  /** Every invitation there ever was, oldest first. */
  async list(patientId: string, { limit, cursor }: InvitationListQuery): Promise<InvitationPage> {
    const after = decodeCursor(cursor, TimeKey);
    const rows: InvitationRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM record_invitations
       WHERE patient_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) > ($2, $3::uuid))
       ORDER BY created_at, id LIMIT $4`,
      [patientId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, nextCursor } = cutPage(rows, limit, (last) => [last.created_at.toISOString(), last.id]);
    return { items: items.map((row) => toInvitation(row, this.clock.now())), nextCursor };
  }

  /** Takes an open invitation back; one that was answered stays as it is. */
  async withdraw(patientId: string, invitationId: string): Promise<void> {
    const [found]: { answer: string | null }[] = await this.dataSource.query(
      'SELECT answer FROM record_invitations WHERE id = $1 AND patient_id = $2',
      [invitationId, patientId],
    );
    if (!found) throw new Problem('NOT_FOUND', 'There is no such invitation.');
    await this.dataSource.query(
      `UPDATE record_invitations SET answer = 'withdrawn', answered_at = $3
       WHERE id = $1 AND patient_id = $2 AND answer IS NULL`,
      [invitationId, patientId, this.clock.now()],
    );
  }

  /** The open invitations to the address of this account. */
  async received(userId: string, { limit, cursor }: InvitationListQuery): Promise<ReceivedInvitationPage> {
    const after = decodeCursor(cursor, TimeKey);
    const rows: ReceivedRow[] = await this.dataSource.query(
      `SELECT i.id, o.name, i.created_at, i.expires_at
       FROM users u JOIN record_invitations i ON i.email = u.email
         JOIN patients p ON p.id = i.patient_id JOIN organisations o ON o.id = p.organisation_id
       WHERE u.id = $1 AND i.answer IS NULL AND i.expires_at > $2 AND p.user_id IS NULL AND p.archived_at IS NULL
         AND ($3::timestamptz IS NULL OR (i.created_at, i.id) > ($3, $4::uuid))
       ORDER BY i.created_at, i.id LIMIT $5`,
      [userId, this.clock.now(), after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    const { items, nextCursor } = cutPage(rows, limit, (last) => [last.created_at.toISOString(), last.id]);
    return {
      items: items.map((row) => ({
        id: row.id,
        organisationName: row.name,
        createdAt: row.created_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
      })),
      nextCursor,
    };
  }
}

const COLUMNS = 'id, email, answer, created_at, expires_at, answered_at';

interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly answer: 'accepted' | 'declined' | 'withdrawn' | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly answered_at: Date | null;
}

interface ReceivedRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}

const toInvitation = (row: InvitationRow, now: Date): Invitation => ({
  id: row.id,
  email: row.email,
  state: row.answer ?? (row.expires_at <= now ? 'expired' : 'pending'),
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  answeredAt: row.answered_at?.toISOString() ?? null,
});
