import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { queryPreparedIn } from '../../database/prepared.js';
import type { Silenced } from '../../domain/alerts/decision.js';
import { severityOf } from '../../domain/alerts/episode.js';
import type { DecidedSounding, NamedEpisode } from './alert-changes.js';

/** Something of one patient. */
export type Of<T> = T & { readonly patientId: string };

const COLUMNS = `(patient_id uuid, id uuid, rule text, severity text, onset_at float8, opened_at float8, last_at float8,
  closed_at float8, closed_by text, suspected_compression boolean, evidence jsonb)`;

const INSERT = {
  name: 'open-episodes',
  text: `
    INSERT INTO alert_episodes (patient_id, id, rule, severity, onset_at, opened_at, last_at, closed_at, closed_by,
      suspected_compression, evidence, detected_at, updated_at)
    SELECT patient_id, id, rule, severity, to_timestamp(onset_at), to_timestamp(opened_at), to_timestamp(last_at),
      to_timestamp(closed_at), closed_by, suspected_compression, evidence, $1, $1
    FROM jsonb_to_recordset($2::jsonb) AS e ${COLUMNS}`,
};

/** What was judged of an uploader stays until it is judged again: an evaluation that finds the alert over knows nothing of it. */
const UPDATE = {
  name: 'change-episodes',
  text: `
    UPDATE alert_episodes AS stored SET severity = e.severity, onset_at = to_timestamp(e.onset_at),
      opened_at = to_timestamp(e.opened_at), last_at = to_timestamp(e.last_at), closed_at = to_timestamp(e.closed_at),
      closed_by = e.closed_by, suspected_compression = e.suspected_compression,
      evidence = stored.evidence || e.evidence, updated_at = $1
    FROM jsonb_to_recordset($2::jsonb) AS e ${COLUMNS}
    WHERE stored.patient_id = e.patient_id AND stored.id = e.id`,
};

const NAMED = `unnest($2::uuid[], $3::uuid[]) AS named (patient_id, id)
  WHERE e.patient_id = named.patient_id AND e.id = named.id`;

const VOID = `UPDATE alert_episodes e SET voided_at = $1, updated_at = $1 FROM ${NAMED}`;

const EXPIRE = `
  UPDATE alert_episodes e SET closed_at = opened_at + interval '1 day', closed_by = 'expired', updated_at = $1
  FROM ${NAMED}`;

/** A sounding that was silent may still sound, while one that sounded stays as it is. */
const DECIDE = {
  name: 'decide-soundings',
  text: `
    INSERT INTO alert_soundings AS s (patient_id, episode_id, severity, at, decision, decided_at)
    SELECT d.patient_id, d.episode_id, d.severity, to_timestamp(d.at), d.decision, $1
    FROM jsonb_to_recordset($2::jsonb) AS d (patient_id uuid, episode_id uuid, severity text, at float8, decision text)
    ON CONFLICT (patient_id, episode_id, severity) DO UPDATE SET decision = excluded.decision,
      decided_at = excluded.decided_at, at = excluded.at
    WHERE s.decision <> 'sound' AND excluded.decision = 'sound'
    RETURNING s.patient_id AS "patientId", s.episode_id AS "episodeId", s.severity, s.decision`,
};

/** A decision that is new or has changed. */
export interface WrittenDecision {
  readonly patientId: string;
  readonly episodeId: string;
  readonly severity: string;
  readonly decision: 'sound' | Silenced;
}

/** Writes episodes, in a transaction that holds their patients. */
@Injectable()
export class EpisodesRepository {
  async insert(manager: EntityManager, now: Date, episodes: readonly Of<NamedEpisode>[]): Promise<void> {
    if (episodes.length > 0) await queryPreparedIn(manager, INSERT, [now, recordsOf(episodes)]);
  }

  async update(manager: EntityManager, now: Date, episodes: readonly Of<NamedEpisode>[]): Promise<void> {
    if (episodes.length > 0) await queryPreparedIn(manager, UPDATE, [now, recordsOf(episodes)]);
  }

  async voidAll(manager: EntityManager, now: Date, episodes: readonly Of<{ id: string }>[]): Promise<void> {
    if (episodes.length > 0) await manager.query(VOID, [now, ...namesOf(episodes)]);
  }

  /** Closes alerts that have lasted as long as any may. */
  async expire(manager: EntityManager, now: Date, episodes: readonly Of<{ id: string }>[]): Promise<void> {
    if (episodes.length > 0) await manager.query(EXPIRE, [now, ...namesOf(episodes)]);
  }

  async decide(
    manager: EntityManager,
    now: Date,
    decisions: readonly Of<DecidedSounding>[],
  ): Promise<WrittenDecision[]> {
    if (decisions.length === 0) return [];
    const rows = decisions.map(({ patientId, episodeId, decision, sounding: { severity, at } }) => ({
      patient_id: patientId,
      episode_id: episodeId,
      severity,
      at,
      decision,
    }));
    return queryPreparedIn<WrittenDecision>(manager, DECIDE, [now, JSON.stringify(rows)]);
  }
}

const namesOf = (episodes: readonly Of<{ id: string }>[]): [patientIds: string[], ids: string[]] => [
  episodes.map(({ patientId }) => patientId),
  episodes.map(({ id }) => id),
];

const recordsOf = (episodes: readonly Of<NamedEpisode>[]): string =>
  JSON.stringify(
    episodes.map(({ patientId, id, episode }) => ({
      patient_id: patientId,
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
