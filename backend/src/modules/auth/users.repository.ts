import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import type { ProfileChange, UserAccount } from './auth.schemas.js';
import { User } from './user.entity.js';

@Injectable()
export class UsersRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The account of an address, which is compared in lower case. */
  findByEmail(email: string, manager: EntityManager = this.dataSource.manager): Promise<User | null> {
    return manager.findOneBy(User, { email: email.toLowerCase() });
  }

  /** The account of an address that somebody named in a request. */
  async demandByEmail(email: string): Promise<User> {
    const user = await this.findByEmail(email);
    if (user) return user;
    throw new Problem('INVALID_INPUT', 'Nobody has registered with this address.', [
      { path: 'email', code: 'unknown_account', message: 'Ask the person to register first.' },
    ]);
  }

  findById(id: string): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { id });
  }

  async insert(
    manager: EntityManager,
    user: Pick<User, 'email' | 'passwordHash' | 'displayName'> & Partial<Pick<User, 'isPlatformAdmin'>>,
  ): Promise<string> {
    const now = this.clock.now();
    const { identifiers } = await manager.insert(User, { ...user, createdAt: now, updatedAt: now });
    return String(identifiers[0]?.['id']);
  }

  async changeProfile(id: string, change: ProfileChange): Promise<void> {
    const { displayName, unitPreference } = change;
    await this.dataSource.manager.update(User, id, {
      ...(displayName === undefined ? {} : { displayName }),
      ...(unitPreference === undefined ? {} : { unitPreference }),
      updatedAt: this.clock.now(),
    });
  }

  async changePassword(id: string, passwordHash: string): Promise<void> {
    await this.dataSource.manager.update(User, id, { passwordHash, updatedAt: this.clock.now() });
  }

  /** The account as its owner sees it, with memberships and the own patient record. */
  async describe(id: string): Promise<UserAccount | null> {
    const [row]: AccountRow[] = await this.dataSource.query(
      `SELECT u.id, u.email, u.display_name, u.is_platform_admin, u.unit_preference, u.created_at,
         (SELECT p.id FROM patients p WHERE p.user_id = u.id) AS patient_id,
         (SELECT coalesce(jsonb_agg(jsonb_build_object(
             'organisationId', o.id, 'organisationName', o.name, 'role', m.role) ORDER BY o.name, m.role), '[]')
           FROM memberships m JOIN organisations o ON o.id = m.organisation_id
           WHERE m.user_id = u.id AND m.revoked_at IS NULL) AS memberships
       FROM users u WHERE u.id = $1`,
      [id],
    );
    return row ? toAccount(row) : null;
  }
}

interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly is_platform_admin: boolean;
  readonly unit_preference: 'mg/dL' | 'mmol/L' | null;
  readonly created_at: Date;
  readonly patient_id: string | null;
  readonly memberships: UserAccount['memberships'];
}

const toAccount = (row: AccountRow): UserAccount => ({
  id: row.id,
  email: row.email,
  displayName: row.display_name,
  isPlatformAdmin: row.is_platform_admin,
  unitPreference: row.unit_preference,
  patientId: row.patient_id,
  memberships: row.memberships,
  createdAt: row.created_at.toISOString(),
});
