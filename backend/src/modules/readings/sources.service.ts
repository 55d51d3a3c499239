import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Problem } from '../../common/problem.js';
import { DaysRebuild } from './days.rebuild.js';
import { SourcesRepository } from './sources.repository.js';
import type { ReadingSourcesPage, SourcePriorities } from './sources.schemas.js';

/** Where a patient's readings come from, and whom to believe where sources compete. */
@Injectable()
export class SourcesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sources: SourcesRepository,
    private readonly days: DaysRebuild,
  ) {}

  async list(patientId: string): Promise<ReadingSourcesPage> {
    const rows = await this.sources.all(this.dataSource.manager, patientId);
    return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })), nextCursor: null };
  }

  /** Changes the priority of the sources named and leaves the others alone. */
  async prioritise(patientId: string, { sources }: SourcePriorities): Promise<ReadingSourcesPage> {
    await this.days.changeAndRebuild(patientId, async (manager) => {
      const known = new Set((await this.sources.all(manager, patientId)).map(({ id }) => id));
      const faults = sources.flatMap(({ id }, index) =>
        known.has(id) ? [] : [{ path: `sources.${index}.id`, code: 'unknown', message: 'No such source.' }],
      );
      if (faults.length > 0) throw new Problem('INVALID_INPUT', 'Some sources do not exist.', faults);
      await this.sources.prioritise(manager, patientId, sources);
    });
    return this.list(patientId);
  }
}
