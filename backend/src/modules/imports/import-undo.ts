import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import { ReadingsWithdrawal } from '../readings/readings.withdrawal.js';
import { RecordsService } from '../records/records.service.js';
import { FORMAT_LABELS, type ImportState } from './import-state.js';
import { ImportsRepository } from './imports.repository.js';

/** Takes back what one import brought: everything that arrived at its instant, from the devices of its file. */
@Injectable()
export class ImportUndo {
  constructor(
    private readonly clock: Clock,
    private readonly imports: ImportsRepository,
    private readonly readings: ReadingsWithdrawal,
    private readonly records: RecordsService,
  ) {}

  /** All or nothing; a second time changes nothing. */
  async undo(state: ImportState): Promise<void> {
    const { patientId, createdAt, format } = state;
    if (format === null) return;
    const from = { receivedAt: createdAt, label: FORMAT_LABELS[format] };
    await this.readings.withdraw(patientId, from, async (manager) => {
      if (!(await this.imports.undo(manager, state, this.clock.now()))) return false;
      await this.refuseWhatCannotBe(manager, state);
      await this.records.withdraw(manager, patientId, { createdAt, source: format });
      return true;
    });
  }

  /** Better nothing than a part of it, or more than it brought. */
  private async refuseWhatCannotBe(manager: EntityManager, state: ImportState): Promise<void> {
    if (await this.imports.isBroughtAgain(manager, state)) {
      throw new Problem('CONFLICT', 'A later upload brought some of this again. Take the later upload back first.');
    }
    if (await this.imports.hasUnmarkedRecords(manager, state)) {
      throw new Problem('CONFLICT', 'This upload is older than the notes of which doses and meals an upload brought.');
    }
  }
}
