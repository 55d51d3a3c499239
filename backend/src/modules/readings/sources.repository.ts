import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Source } from './patient-ingest.repository.js';

const INSERT = `
  INSERT INTO sources (patient_id, id, name, priority, created_at)
  SELECT $1, id, name, priority, $2 FROM json_to_recordset($3) AS s (id smallint, name text, priority smallint)`;

const ALL = `
  SELECT id, name, priority, created_at AS "createdAt" FROM sources WHERE patient_id = $1 ORDER BY priority, id`;

const PRIORITISE = `
  UPDATE sources SET priority = wanted.priority
  FROM json_to_recordset($2) AS wanted (id smallint, priority smallint)
  WHERE sources.patient_id = $1 AND sources.id = wanted.id`;

export interface ListedSource extends Source {
  readonly createdAt: Date;
}

/** Where a patient's readings come from. */
@Injectable()
export class SourcesRepository {
  async create(
    manager: EntityManager,
    patientId: string,
    sources: readonly Source[],
    createdAt: Date,
  ): Promise<readonly Source[]> {
    if (sources.length > 0) await manager.query(INSERT, [patientId, createdAt, JSON.stringify(sources)]);
    return sources;
  }

  /** The sources of a patient, the preferred ones first. */
  all(manager: EntityManager, patientId: string): Promise<ListedSource[]> {
    return manager.query<ListedSource[]>(ALL, [patientId]);
  }

  async prioritise(
    manager: EntityManager,
    patientId: string,
    priorities: readonly { id: number; priority: number }[],
  ): Promise<void> {
    await manager.query(PRIORITISE, [patientId, JSON.stringify(priorities)]);
  }
}
