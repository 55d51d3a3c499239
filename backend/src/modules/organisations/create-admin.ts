import { randomBytes, randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { hashPassword } from '../auth/passwords.js';

export interface CreatedAdmin {
  readonly userId: string;
  readonly email: string;
  readonly organisationId: string;
  readonly organisationName: string;
  /** Shown once and stored nowhere; `null` where the account existed and keeps its own. */
  readonly password: string | null;
}

/**
 * Makes an administrator of the platform and of an organisation: the named one, else the only one there is, else a new
 * one. An account that exists is promoted. A second run changes nothing.
 */
export async function createAdmin(
  dataSource: DataSource,
  address: string,
  options: { readonly organisation?: string; readonly password?: string } = {},
): Promise<CreatedAdmin> {
  const email = address.trim().toLowerCase();
  const password = options.password ?? randomBytes(15).toString('base64url');
  const passwordHash = await hashPassword(password);
  return dataSource.transaction(async (manager) => {
    const [created]: { id: string }[] = await manager.query(
      `INSERT INTO users (id, email, password_hash, display_name, is_platform_admin)
       VALUES ($1, $2, $3, $4, true) ON CONFLICT (email) DO NOTHING RETURNING id`,
      [randomUUID(), email, passwordHash, email.split('@', 1)[0]],
    );
    const [existing]: { id: string }[] = created
      ? [created]
      : await manager.query('SELECT id FROM users WHERE email = $1', [email]);
    if (!existing) throw new Error('the account vanished while it was being promoted');
    await manager.query('UPDATE users SET is_platform_admin = true WHERE id = $1', [existing.id]);
    const organisation = await findOrMakeOrganisation(manager, options.organisation);
    await manager.query(
      `INSERT INTO memberships (organisation_id, user_id, role) VALUES ($1, $2, 'admin')
       ON CONFLICT (organisation_id, user_id, role) DO UPDATE SET revoked_at = NULL`,
      [organisation.id, existing.id],
    );
    return {
      userId: existing.id,
      email,
      organisationId: organisation.id,
      organisationName: organisation.name,
      password: created ? password : null,
    };
  });
}

const DEFAULT_NAME = 'Clinic';

async function findOrMakeOrganisation(
  manager: EntityManager,
  name: string | undefined,
): Promise<{ id: string; name: string }> {
  const found: { id: string; name: string }[] = await manager.query(
    'SELECT id, name FROM organisations WHERE archived_at IS NULL AND ($1::text IS NULL OR name = $1) ORDER BY created_at LIMIT 2',
    [name ?? null],
  );
  const [first] = found;
  if (first && (name !== undefined || found.length === 1)) return first;
  const made = { id: randomUUID(), name: name ?? DEFAULT_NAME };
  await manager.query('INSERT INTO organisations (id, name) VALUES ($1, $2)', [made.id, made.name]);
  return made;
}
