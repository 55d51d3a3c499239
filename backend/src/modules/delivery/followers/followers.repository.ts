import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AlertFollower } from './followers.schemas.js';
import { IS_REACHABLE } from '../reachable.js';

export interface FollowerRow {
  readonly userId: string;
  readonly displayName: string;
  readonly relation: AlertFollower['relation'];
  readonly since: Date | null;
  readonly addedBy: string | null;
  readonly addedByName: string | null;
  readonly reachable: boolean;
}

/** Those who may read patient `$1` at instant `$2`, and those who follow, but not the person of the record. */
const PEOPLE = `
  WITH readers AS (
    SELECT m.user_id, 'clinician' AS relation FROM patients p JOIN memberships m ON m.organisation_id = p.organisation_id
    WHERE p.id = $1 AND p.archived_at IS NULL AND m.role = 'clinician' AND m.revoked_at IS NULL
    UNION ALL
    SELECT g.grantee_user_id, 'grant' FROM patients p JOIN grants g ON g.patient_id = p.id
    WHERE p.id = $1 AND p.archived_at IS NULL AND g.revoked_at IS NULL AND g.valid_from <= $2 AND g.valid_until > $2
  ), people AS (
    SELECT user_id, coalesce(min(relation), 'none') AS relation FROM (
      SELECT user_id, relation FROM readers
      UNION ALL SELECT user_id, NULL FROM alert_followers WHERE patient_id = $1) AS everybody
    WHERE user_id IS DISTINCT FROM (SELECT user_id FROM patients WHERE id = $1)
    GROUP BY user_id
  )
  SELECT u.id AS "userId", u.display_name AS "displayName", people.relation, f.added_at AS since,
    f.added_by AS "addedBy", a.display_name AS "addedByName", ${IS_REACHABLE} AS reachable
  FROM people JOIN users u ON u.id = people.user_id
    LEFT JOIN alert_followers f ON f.patient_id = $1 AND f.user_id = u.id LEFT JOIN users a ON a.id = f.added_by
  WHERE $3::uuid IS NULL OR u.id = $3
  ORDER BY f.added_at IS NULL, u.display_name, u.id LIMIT 500`;

const ADD = `
  INSERT INTO alert_followers (patient_id, user_id, added_at, added_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;

/** Who follows a patient, and who could. */
@Injectable()
export class FollowersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Followers first. */
  people(patientId: string, now: Date): Promise<FollowerRow[]> {
    return this.dataSource.query<FollowerRow[]>(PEOPLE, [patientId, now, null]);
  }

  async person(patientId: string, userId: string, now: Date): Promise<FollowerRow | null> {
    const [row] = await this.dataSource.query<FollowerRow[]>(PEOPLE, [patientId, now, userId]);
    return row ?? null;
  }

  async add(patientId: string, userId: string, by: { userId: string; at: Date }): Promise<void> {
    await this.dataSource.query(ADD, [patientId, userId, by.at, by.userId]);
  }

  async remove(patientId: string, userId: string): Promise<void> {
    await this.dataSource.query('DELETE FROM alert_followers WHERE patient_id = $1 AND user_id = $2', [
      patientId,
      userId,
    ]);
  }
}
