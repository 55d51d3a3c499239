import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Source } from './patient-ingest.repository.js';

const INSERT = `
  INSERT INTO sources (patient_id, id, name, priority, created_at)
  SELECT $1, id, name, priority, $2 FROM json_to_recordset($3) AS s (id smallint, name text, priority smallint)`;

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
}
