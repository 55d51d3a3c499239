import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
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
      await this.records.withdraw(manager, patientId, { createdAt, source: format });
      return true;
    });
  }
}
