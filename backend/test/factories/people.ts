import { hash } from '@node-rs/argon2';
import { JwtService } from '@nestjs/jwt';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { ACCESS_TOKEN_SECONDS, accessTokenKey, toClaims, TOKEN_RULES } from '../../src/modules/auth/access-token.js';
import type { MembershipRole } from '../../src/modules/organisations/membership.entity.js';
import { testEnvironment } from '../support/app.js';

/** The password of every user made here. */
export const PASSWORD = 'correct horse battery';

let passwordHash: Promise<string> | undefined;

export interface NewUser {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  /** An access token of a live session. */
  readonly token: string;
  /** The `Authorization` header of that token. */
  readonly bearer: string;
}

interface UserFields {
  readonly email?: string;
  readonly displayName?: string;
  readonly isPlatformAdmin?: boolean;
}

/** A user with a live session and no patient record. */
export async function newUser(dataSource: DataSource, fields: UserFields = {}): Promise<NewUser> {
  passwordHash ??= hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 });
  const id = randomUUID();
  const email = fields.email ?? `user-${id}@example.org`;
  const displayName = fields.displayName ?? 'Robin Example';
  const isPlatformAdmin = fields.isPlatformAdmin ?? false;
  await dataSource.query(
    'INSERT INTO users (id, email, password_hash, display_name, is_platform_admin) VALUES ($1, $2, $3, $4, $5)',
    [id, email, await passwordHash, displayName, isPlatformAdmin],
  );
  const token = await newToken(dataSource, id, isPlatformAdmin);
  return { id, email, displayName, token, bearer: `Bearer ${token}` };
}

/** An access token of a new session of an existing user, without the cost of a login. Good for a test's whole life. */
export async function newToken(dataSource: DataSource, userId: string, isPlatformAdmin = false): Promise<string> {
  const sessionId = randomUUID();
  await dataSource.query(
    `INSERT INTO refresh_tokens (user_id, family_id, family_started_at, token_hash, created_at, expires_at)
     VALUES ($1, $2, now(), $3, now(), now() + interval '10 years')`,
    [userId, sessionId, createHash('sha256').update(randomBytes(32)).digest()],
  );
  const key = accessTokenKey(testEnvironment().SECRET_KEY);
  return new JwtService().sign(toClaims({ userId, sessionId, isPlatformAdmin }), {
    privateKey: key,
    algorithm: TOKEN_RULES.algorithm,
    issuer: TOKEN_RULES.issuer,
    audience: TOKEN_RULES.audience,
    expiresIn: ACCESS_TOKEN_SECONDS,
  });
}

export async function newOrganisation(dataSource: DataSource, name = 'Example Clinic'): Promise<{ id: string }> {
  const id = randomUUID();
  await dataSource.query('INSERT INTO organisations (id, name) VALUES ($1, $2)', [id, name]);
  return { id };
}

export async function newMembership(
  dataSource: DataSource,
  organisationId: string,
  userId: string,
  role: MembershipRole,
): Promise<void> {
  await dataSource.query('INSERT INTO memberships (organisation_id, user_id, role) VALUES ($1, $2, $3)', [
    organisationId,
    userId,
    role,
  ]);
}

/** A user who is a member of an organisation, of a new one unless told which. */
export async function newMember(
  dataSource: DataSource,
  role: MembershipRole,
  organisationId?: string,
): Promise<NewUser & { readonly organisationId: string }> {
  const user = await newUser(dataSource);
  const organisation = organisationId ?? (await newOrganisation(dataSource)).id;
  await newMembership(dataSource, organisation, user.id, role);
  return { ...user, organisationId: organisation };
}
