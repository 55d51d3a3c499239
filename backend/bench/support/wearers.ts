import { randomUUID } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { DataSource } from 'typeorm';
import { accessTokenKey, ACCESS_TOKEN_SECONDS, TOKEN_RULES } from '../../src/modules/auth/access-token.js';
import { setting } from './measure.js';

/** Somebody with a sensor and a phone that is signed in. */
export interface Device {
  readonly userId: string;
  readonly patientId: string;
}

const USERS = `
  INSERT INTO users (id, email, password_hash, display_name)
  SELECT id, id || '@bench.example.org', '-', 'Bench' FROM unnest($1::uuid[]) AS id`;

const PATIENTS = `
  INSERT INTO patients (id, organisation_id, user_id, display_name, synthetic)
  SELECT id, $3, user_id, 'Bench', true FROM unnest($1::uuid[], $2::uuid[]) AS p (id, user_id)`;

const ZONES = `
  INSERT INTO patient_zones (patient_id, valid_from, time_zone)
  SELECT id, '-infinity', 'UTC' FROM unnest($1::uuid[]) AS id`;

const SESSIONS = `
  INSERT INTO refresh_tokens (user_id, family_id, family_started_at, token_hash, created_at, expires_at)
  SELECT user_id, user_id, now(), uuid_send(user_id), now(), now() + interval '1 day' FROM unnest($1::uuid[]) AS user_id`;

/** People of one clinic, each signed in to the own record. Written down at once: 12,000 logins would take an hour. */
export async function newDevices(dataSource: DataSource, count: number, organisationId: string): Promise<Device[]> {
  const devices = Array.from({ length: count }, () => ({ userId: randomUUID(), patientId: randomUUID() }));
  const userIds = devices.map(({ userId }) => userId);
  const patientIds = devices.map(({ patientId }) => patientId);
  await dataSource.query(USERS, [userIds]);
  await dataSource.query(PATIENTS, [patientIds, userIds, organisationId]);
  await dataSource.query(ZONES, [patientIds]);
  await dataSource.query(SESSIONS, [userIds]);
  return devices;
}

const jwt = new JwtService();

/** What the phone of a person shows with a reading; made anew each time, since it holds for a quarter of an hour. */
export function tokenOf(userId: string): string {
  const { issuer, audience, algorithm } = TOKEN_RULES;
  return jwt.sign(
    { sub: userId, sid: userId, adm: false },
    {
      privateKey: accessTokenKey(setting('SECRET_KEY')),
      issuer,
      audience,
      algorithm,
      expiresIn: ACCESS_TOKEN_SECONDS,
    },
  );
}
