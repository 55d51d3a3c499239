import { Injectable } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { DataSource, type EntityManager } from 'typeorm';
import type { ByteSource } from '../../common/csv/text-encoding.js';

const PART_BYTES = 256 * 1024;

interface Key {
  readonly patientId: string;
  readonly id: string;
}

/**
 * The bytes of uploads that are still to be read. They lie in the database because it is the one store that the process
 * that took the upload and the one that reads it are sure to share.
 */
@Injectable()
export class ImportPartsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async store(manager: EntityManager, { patientId, id }: Key, path: string): Promise<void> {
    let part = 0;
    for await (const bytes of createReadStream(path, { highWaterMark: PART_BYTES })) {
      await manager.query('INSERT INTO import_parts (patient_id, import_id, part, bytes) VALUES ($1, $2, $3, $4)', [
        patientId,
        id,
        part++,
        bytes,
      ]);
    }
  }

  /** The bytes, one part in memory at a time. */
  bytesOf({ patientId, id }: Key): ByteSource {
    const { dataSource } = this;
    return async function* () {
      for (let part = 0; ; part++) {
        const [row] = await dataSource.query<{ bytes: Buffer }[]>(
          'SELECT bytes FROM import_parts WHERE patient_id = $1 AND import_id = $2 AND part = $3',
          [patientId, id, part],
        );
        if (!row) return;
        yield row.bytes;
      }
    };
  }

  async remove({ patientId, id }: Key): Promise<void> {
    await this.dataSource.query('DELETE FROM import_parts WHERE patient_id = $1 AND import_id = $2', [patientId, id]);
  }
}
