import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { passwordMatches } from '../../../src/modules/auth/passwords.js';
import { ensureFirstAdmin } from '../../../src/modules/organisations/first-admin.js';
import { newUser } from '../../factories/people.js';
import { withOwnDatabase } from '../../support/own-database.js';

let database: DataSource;
const own = withOwnDatabase((opened) => (database = opened));
beforeEach(() => own.open());
afterEach(() => own.close());

const named = (email: string) => ({ FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD: 'from-the-environment' });
const admins = () => database.query('SELECT email, password_hash FROM users WHERE is_platform_admin');

it('makes the administrator once', async () => {
  expect(await ensureFirstAdmin(database, named('Boss@Example.org'))).toBe(true);
  expect(await ensureFirstAdmin(database, named('other@example.org'))).toBe(false);
  const [admin, ...more] = await admins();
  expect(more).toEqual([]);
  expect(admin.email).toBe('boss@example.org');
  expect(await passwordMatches(admin.password_hash, 'from-the-environment')).toBe(true);
});

it('promotes nobody who registered the address before', async () => {
  const user = await newUser(database, { email: `boss.${randomUUID()}@example.org` });
  expect(await ensureFirstAdmin(database, named(user.email.toUpperCase()))).toBe(false);
  expect(await admins()).toEqual([]);
});

it('does nothing unless asked', async () => {
  expect(await ensureFirstAdmin(database, {})).toBe(false);
  expect(await admins()).toEqual([]);
});
