import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { hashPassword } from '../auth/passwords.js';
import { UsersRepository } from '../auth/users.repository.js';
import { MembershipsRepository } from '../organisations/memberships.repository.js';

/** Fixed, so that a second seeding finds what the first one made. */
const ORGANISATION = { id: 'de300000-0000-4000-8000-000000000001', name: 'Demo clinic' };

/** Public on purpose: these accounts see nothing but simulated people. */
const PASSWORD = 'glucolens-demo';

export const DEMO_EMAILS = {
  clinician: 'clinician@demo.glucolens.dev',
  admin: 'admin@demo.glucolens.dev',
  patient: 'alice@demo.glucolens.dev',
} as const;

export interface DemoAccounts {
  readonly organisationId: string;
  /** The account that claims the record of the same person; `null` where that account has a record already. */
  readonly patientUserId: string | null;
}

/** The organisation and the logins of the demo clinic, made where they are missing. */
@Injectable()
export class DemoAccountsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly users: UsersRepository,
    private readonly memberships: MembershipsRepository,
  ) {}

  async ensure(): Promise<DemoAccounts> {
    await this.dataSource.query(
      'INSERT INTO organisations (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
      [ORGANISATION.id, ORGANISATION.name, this.clock.now()],
    );
    const clinician = await this.account(DEMO_EMAILS.clinician, 'Demo Clinician');
    const admin = await this.account(DEMO_EMAILS.admin, 'Demo Administrator');
    const patient = await this.account(DEMO_EMAILS.patient, 'Alice Thompson');
    await this.memberships.setRoles(ORGANISATION.id, clinician, ['clinician']);
    await this.memberships.setRoles(ORGANISATION.id, admin, ['admin']);
    const own: unknown[] = await this.dataSource.query('SELECT 1 FROM patients WHERE user_id = $1', [patient]);
    return { organisationId: ORGANISATION.id, patientUserId: own.length === 0 ? patient : null };
  }

  private async account(email: string, displayName: string): Promise<string> {
    const known = await this.users.findByEmail(email);
    if (known) return known.id;
    const passwordHash = await hashPassword(PASSWORD);
    return this.dataSource.transaction((manager) => this.users.insert(manager, { email, passwordHash, displayName }));
  }
}
