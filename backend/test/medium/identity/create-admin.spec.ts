import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { passwordMatches } from '../../../src/modules/auth/passwords.js';
import { createAdmin } from '../../../src/modules/organisations/create-admin.js';
import { newUser } from '../../factories/people.js';
import { openTestDatabase } from '../../support/app.js';

let database: DataSource;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.destroy());

const account = async (id: string) => {
  const [row] = await database.query(
    `SELECT u.is_platform_admin, u.password_hash, array_agg(m.role) AS roles,
       (SELECT count(*)::int FROM patients p WHERE p.user_id = u.id) AS patients
     FROM users u JOIN memberships m ON m.user_id = u.id GROUP BY u.id HAVING u.id = $1`,
    [id],
  );
  return row;
};

it('makes an administrator of the platform and of the named organisation, without a patient record', async () => {
  const organisation = `Clinic ${randomUUID()}`;
  const made = await createAdmin(database, `Boss.${randomUUID()}@Example.org`, { organisation });
  expect(made.organisationName).toBe(organisation);
  expect(made.email).toBe(made.email.toLowerCase());
  const stored = await account(made.userId);
  expect(stored).toMatchObject({ is_platform_admin: true, roles: ['admin'], patients: 0 });
  expect(await passwordMatches(stored.password_hash, made.password ?? '')).toBe(true);
});

it('promotes an account that exists and keeps its password', async () => {
  const user = await newUser(database);
  const organisation = `Clinic ${randomUUID()}`;
  const first = await createAdmin(database, user.email, { organisation });
  const second = await createAdmin(database, user.email, { organisation });
  expect(first).toMatchObject({ userId: user.id, password: null });
  expect(second).toEqual(first);
  expect(await account(user.id)).toMatchObject({ is_platform_admin: true, roles: ['admin'] });
});
