import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { FIRST_UUID } from '../../common/uuid.js';
import { Clock } from '../../common/clock.js';
import { type DayPeriod, DaysWriter } from './days.writer.js';
import { DueBell } from './due-bell.js';
import { PatientIngestRepository } from './patient-ingest.repository.js';

const PATIENTS_AT_ONCE = 500;

/** While a stretch is rebuilt, the patient's new readings wait. */
const DAYS_AT_ONCE = 30;

const NEXT_PATIENTS = `
  SELECT patient_id AS id FROM patient_ingest WHERE patient_id > $1 ORDER BY patient_id LIMIT ${PATIENTS_AT_ONCE}`;

/** What a rebuild found: with an intact projection, nothing has changed. */
export interface RebuildReport {
  readonly patients: number;
  /** Days that were not what the readings say. */
  readonly daysChanged: number;
}

/** Makes the stored days anew from what they depend on: readings, sources and time zones. */
@Injectable()
export class DaysRebuild {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ingestState: PatientIngestRepository,
    private readonly days: DaysWriter,
    private readonly clock: Clock,
    private readonly bell: DueBell,
  ) {}

  /** Rebuilds the days of one patient, or of everybody, one transaction a patient. */
  async rebuildDays(patientId?: string): Promise<RebuildReport> {
    if (patientId !== undefined) return { patients: 1, daysChanged: await this.rebuildOne(patientId) };
    let patients = 0;
    let daysChanged = 0;
    for (let after = FIRST_UUID; ;) {
      const page = await this.dataSource.query<{ id: string }[]>(NEXT_PATIENTS, [after]);
      for (const { id } of page) {
        daysChanged += await this.rebuildOne(id);
        patients++;
        after = id;
      }
      if (page.length < PATIENTS_AT_ONCE) return { patients, daysChanged };
    }
  }

  /** Rebuilds some days of a patient, a month a transaction. Answers how many were not what the readings say. */
  async rebuildPeriod(patientId: string, { first, last }: DayPeriod): Promise<number> {
    let changed = 0;
    for (let day = first; day <= last; day += DAYS_AT_ONCE) {
      const stretch = { first: day, last: Math.min(last, day + DAYS_AT_ONCE - 1) };
      changed += await this.dataSource.transaction(async (manager) => {
        await this.ingestState.lock(manager, patientId);
        const context = await this.ingestState.context(manager, patientId);
        return this.days.rebuildPeriod(manager, patientId, context, stretch);
      });
    }
    return changed;
  }

  /**
   * Changes something that days depend on, and brings them up to date in the same transaction. Readings that arrive
   * meanwhile wait for the patient's lock and see the change.
   */
  async changeAndRebuild<T>(patientId: string, change: (manager: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.dataSource.transaction(async (manager) => {
      await this.ingestState.lock(manager, patientId);
      const changed = await change(manager);
      await this.days.rebuild(manager, patientId, await this.ingestState.context(manager, patientId));
      await this.ingestState.markChanged(manager, patientId, this.clock.now());
      return changed;
    });
    this.bell.ring(patientId, null);
    return result;
  }

  private rebuildOne(patientId: string): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      await this.ingestState.lock(manager, patientId);
      return this.days.rebuild(manager, patientId, await this.ingestState.context(manager, patientId));
    });
  }
}
