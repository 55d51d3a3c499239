import type { DataSource } from 'typeorm';
import type { Environment } from '../../config/environment.js';
import { createAdmin } from './create-admin.js';

type FirstAdmin = Pick<Environment, 'FIRST_ADMIN_EMAIL' | 'FIRST_ADMIN_PASSWORD'>;

/**
 * Makes the administrator that the environment names, for hosts without a shell, and answers whether it did. Only where
 * the platform has no administrator yet and nobody has the address: whoever registered it first must not be promoted.
 */
export async function ensureFirstAdmin(
  dataSource: DataSource,
  { FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD: password }: FirstAdmin,
): Promise<boolean> {
  if (email === undefined || password === undefined) return false;
  const known: unknown[] = await dataSource.query(
    'SELECT 1 FROM users WHERE is_platform_admin OR email = lower($1) LIMIT 1',
    [email],
  );
  if (known.length > 0) return false;
  await createAdmin(dataSource, email, { password });
  return true;
}
