import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Sounding } from '../../domain/alerts/arbitration.js';
import type { Silenced } from '../../domain/alerts/decision.js';
import { type AlertEpisode, severityOf } from '../../domain/alerts/episode.js';

export interface NamedEpisode {
  readonly id: string;
  readonly episode: AlertEpisode;
}

export interface DecidedSounding {
  readonly episodeId: string;
  readonly sounding: Sounding;
  readonly decision: 'sound' | Silenced;
}

const COLUMNS = `(id uuid, rule text, severity text, onset_at float8, opened_at float8, last_at float8, closed_at float8,
  closed_by text, suspected_compression boolean, evidence jsonb)`;

const INSERT = `
  INSERT INTO alert_episodes (patient_id, id, rule, severity, onset_at, opened_at, last_at, closed_at, closed_by,
    suspected_compression, evidence, detected_at, updated_at)
  SELECT $1, id, rule, severity, to_timestamp(onset_at), to_timestamp(opened_at), to_timestamp(last_at),
    to_timestamp(closed_at), closed_by, suspected_compression, evidence, $2, $2
  FROM jsonb_to_recordset($3::jsonb) AS e ${COLUMNS}`;

const UPDATE = `
  UPDATE alert_episodes AS stored SET severity = e.severity, onset_at = to_timestamp(e.onset_at),
    opened_at = to_timestamp(e.opened_at), last_at = to_timestamp(e.last_at), closed_at = to_timestamp(e.closed_at),
    closed_by = e.closed_by, suspected_compression = e.suspected_compression, evidence = e.evidence, updated_at = $2
  FROM jsonb_to_recordset($3::jsonb) AS e ${COLUMNS}
  WHERE stored.patient_id = $1 AND stored.id = e.id`;

const VOID = `
  UPDATE alert_episodes SET voided_at = $2, updated_at = $2 WHERE patient_id = $1 AND id = ANY ($3::uuid[])`;

const EXPIRE = `
  UPDATE alert_episodes SET closed_at = opened_at + interval '1 day', closed_by = 'expired', updated_at = $2
  WHERE patient_id = $1 AND id = ANY ($3::uuid[])`;

/** A sounding that was silent may still sound, while one that sounded stays as it is. */
const DECIDE = `
  INSERT INTO alert_soundings AS s (patient_id, episode_id, severity, at, decision, decided_at)
  SELECT $1, d.episode_id, d.severity, to_timestamp(d.at), d.decision, $2
  FROM jsonb_to_recordset($3::jsonb) AS d (episode_id uuid, severity text, at float8, decision text)
  ON CONFLICT (patient_id, episode_id, severity) DO UPDATE SET decision = excluded.decision,
    decided_at = excluded.decided_at, at = excluded.at
  WHERE s.decision <> 'sound' AND excluded.decision = 'sound'
  RETURNING s.id, s.episode_id AS "episodeId", s.severity, s.decision`;

/** A decision that is new or has changed. */
export interface WrittenDecision {
  readonly id: string;
  readonly episodeId: string;
  readonly severity: string;
  readonly decision: 'sound' | Silenced;
}

/** Writes episodes of one patient, in a transaction that holds the patient. */
@Injectable()
export class EpisodesRepository {
  async insert(
    manager: EntityManager,
    patientId: string,
    now: Date,
    episodes: readonly AlertEpisode[],
  ): Promise<NamedEpisode[]> {
    const named = episodes.map((episode) => ({ id: randomUUID(), episode }));
    if (named.length > 0) await manager.query(INSERT, [patientId, now, recordsOf(named)]);
    return named;
  }

  async update(manager: EntityManager, patientId: string, now: Date, episodes: readonly NamedEpisode[]): Promise<void> {
    if (episodes.length > 0) await manager.query(UPDATE, [patientId, now, recordsOf(episodes)]);
  }

  async voidAll(manager: EntityManager, patientId: string, now: Date, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await manager.query(VOID, [patientId, now, ids]);
  }

  /** Closes alerts that have lasted as long as any may. */
  async expire(manager: EntityManager, patientId: string, now: Date, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await manager.query(EXPIRE, [patientId, now, ids]);
  }

  async decide(
    manager: EntityManager,
    patientId: string,
    now: Date,
    decisions: readonly DecidedSounding[],
  ): Promise<WrittenDecision[]> {
    if (decisions.length === 0) return [];
    const rows = decisions.map(({ episodeId, decision, sounding: { severity, at } }) => ({
      episode_id: episodeId,
      severity,
      at,
      decision,
    }));
    return manager.query<WrittenDecision[]>(DECIDE, [patientId, now, JSON.stringify(rows)]);
  }
}

const recordsOf = (episodes: readonly NamedEpisode[]): string =>
  JSON.stringify(
    episodes.map(({ id, episode }) => ({
      id,
      rule: episode.rule,
      severity: severityOf(episode),
      onset_at: episode.onsetAt,
      opened_at: episode.openedAt,
      last_at: episode.lastAt,
      closed_at: episode.closedAt,
      closed_by: episode.closedBy,
      suspected_compression: episode.suspectedCompression,
      evidence: episode.evidence,
    })),
  );
