import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { queryPreparedIn } from '../../database/prepared.js';
import type { AlertEpisode } from '../../domain/alerts/episode.js';
import type { Evaluation } from '../../domain/alerts/evaluate.js';
import type { Outage } from '../../domain/alerts/rules/no-data.js';
import { type Contact, uploaderSilence } from '../../domain/alerts/silent-part.js';

interface ContactRow extends Contact {
  readonly patientId: string;
}

/** Whoever brought a reading was heard from then, also where a program of an older release took it in. */
const CONTACTS = {
  name: 'uploader-contacts',
  text: `
    SELECT i.patient_id AS "patientId", extract(epoch FROM greatest(i.heard_at, newest.at))::float8 AS "heardAt",
      extract(epoch FROM newest.at)::float8 AS "broughtAt",
      extract(epoch FROM i.last_reading_at)::float8 AS "measuredAt"
    FROM patient_ingest i
    CROSS JOIN LATERAL (
      SELECT max(r.received_at) AS at FROM glucose_readings r
      WHERE r.patient_id = i.patient_id AND r.measured_at = i.last_reading_at
    ) newest
    WHERE i.patient_id = ANY ($1::uuid[])`,
};

interface Looked {
  readonly patientId: string;
  readonly found: Evaluation;
}

const isSilent = ({ rule, closedAt }: AlertEpisode): boolean => rule === 'no-data' && closedAt === null;

/** Knows when uploaders were heard from. */
@Injectable()
export class ContactsRepository {
  /**
   * Adds to silence that goes on which of sensor and uploader is silent. Episodes depend on the data alone, so this comes
   * after they are found; it is asked for only where there is such a silence.
   */
  async tellSilence<T extends Looked>(
    manager: EntityManager,
    looked: readonly T[],
    outages: readonly Outage[],
    now: number,
  ): Promise<readonly T[]> {
    const silent = looked.filter(({ found }) => found.episodes.some(isSilent)).map(({ patientId }) => patientId);
    if (silent.length === 0) return looked;
    const contacts = await queryPreparedIn<ContactRow>(manager, CONTACTS, [silent]);
    return looked.map((one) => {
      const contact = contacts.find(({ patientId }) => patientId === one.patientId);
      if (!contact) return one;
      const uploader = uploaderSilence(contact, outages, now);
      const episodes = one.found.episodes.map((episode) =>
        isSilent(episode) ? { ...episode, evidence: { ...episode.evidence, uploader } } : episode,
      );
      return { ...one, found: { ...one.found, episodes } };
    });
  }
}
