import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { IS_REACHABLE } from '../reachable.js';

export interface ShiftRow {
  readonly id: string;
  readonly userId: string;
  readonly displayName: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly counts: boolean;
  readonly reachable: boolean;
}

export interface ClinicianRow {
  readonly userId: string;
  readonly displayName: string;
  readonly reachable: boolean;
}

export type ShiftTimes = Pick<ShiftRow, 'userId' | 'startsAt' | 'endsAt'>;

const IS_CLINICIAN = `EXISTS (
  SELECT FROM memberships m WHERE m.organisation_id = $1 AND m.user_id = u.id AND m.role = 'clinician'
    AND m.revoked_at IS NULL)`;

const SHIFTS = `
  SELECT s.id, u.id AS "userId", u.display_name AS "displayName", s.starts_at AS "startsAt", s.ends_at AS "endsAt",
    ${IS_CLINICIAN} AS counts, ${IS_REACHABLE} AS reachable
  FROM on_call_shifts s JOIN users u ON u.id = s.user_id WHERE s.organisation_id = $1`;

const BETWEEN = `${SHIFTS} AND s.ends_at > $2 AND s.starts_at < $3 ORDER BY s.starts_at, s.ends_at, s.id LIMIT 1000`;

const CLINICIANS = `
  SELECT u.id AS "userId", u.display_name AS "displayName", ${IS_REACHABLE} AS reachable
  FROM users u WHERE u.id IN (SELECT m.user_id FROM memberships m
    WHERE m.organisation_id = $1 AND m.role = 'clinician' AND m.revoked_at IS NULL)
  ORDER BY u.display_name, u.id`;

const OVERLAPS = `
  SELECT EXISTS (SELECT FROM on_call_shifts s WHERE s.organisation_id = $1 AND s.user_id = $2 AND s.starts_at < $4
    AND s.ends_at > $3 AND s.id IS DISTINCT FROM $5::uuid) AS overlaps`;

const INSERT = `
  INSERT INTO on_call_shifts (organisation_id, user_id, starts_at, ends_at, created_at, created_by)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`;

const UPDATE = `
  UPDATE on_call_shifts SET user_id = $3, starts_at = $4, ends_at = $5 WHERE organisation_id = $1 AND id = $2`;

/** Who is on call at an organisation and when. */
@Injectable()
export class ShiftsRepository {
  constructor(private readonly dataSource: DataSource) {}

  between(organisationId: string, from: Date, to: Date): Promise<ShiftRow[]> {
    return this.dataSource.query<ShiftRow[]>(BETWEEN, [organisationId, from, to]);
  }

  clinicians(organisationId: string, manager: EntityManager = this.dataSource.manager): Promise<ClinicianRow[]> {
    return manager.query<ClinicianRow[]>(CLINICIANS, [organisationId]);
  }

  /** One change of a rota after the other: two that overlap cannot pass each other. */
  async hold(manager: EntityManager, organisationId: string): Promise<void> {
    await manager.query('SELECT id FROM organisations WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
  }

  async find(
    organisationId: string,
    shiftId: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<ShiftRow | null> {
    const [row] = await manager.query<ShiftRow[]>(`${SHIFTS} AND s.id = $2`, [organisationId, shiftId]);
    return row ?? null;
  }

  async overlaps(
    manager: EntityManager,
    organisationId: string,
    { userId, startsAt, endsAt }: ShiftTimes,
    besides: string | null,
  ): Promise<boolean> {
    const parameters = [organisationId, userId, startsAt, endsAt, besides];
    const [row] = await manager.query<{ overlaps: boolean }[]>(OVERLAPS, parameters);
    return row?.overlaps ?? false;
  }

  async insert(
    manager: EntityManager,
    organisationId: string,
    { userId, startsAt, endsAt }: ShiftTimes,
    by: { userId: string; at: Date },
  ): Promise<string> {
    const parameters = [organisationId, userId, startsAt, endsAt, by.at, by.userId];
    const [row] = await manager.query<{ id: string }[]>(INSERT, parameters);
    return row?.id ?? '';
  }

  async change(
    manager: EntityManager,
    organisationId: string,
    shiftId: string,
    { userId, startsAt, endsAt }: ShiftTimes,
  ): Promise<void> {
    await manager.query(UPDATE, [organisationId, shiftId, userId, startsAt, endsAt]);
  }

  async remove(manager: EntityManager, organisationId: string, shiftId: string): Promise<void> {
    await manager.query('DELETE FROM on_call_shifts WHERE organisation_id = $1 AND id = $2', [organisationId, shiftId]);
  }
}
