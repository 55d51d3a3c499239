import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FIRST_UUID } from '../../common/uuid.js';
import { Clock } from '../../common/clock.js';
import { askToEvaluate } from '../background/queue/ask-to-evaluate.js';
import { JobsService } from '../background/queue/jobs.service.js';

/** Held in one statement: whoever writes readings of one of them waits for these few, and they for one import at most. */
const PATIENTS_TOGETHER = 25;

const UNDER_WAY = `
  SELECT organisation_id AS "organisationId", effective_from AS "from" FROM organisation_alert_settings
  WHERE reached_at IS NULL ORDER BY organisation_id, effective_from`;

/** Alerts look again at whom a choice concerns. Whoever has no readings yet is concerned by nothing. */
const MARK_FEW = `
  WITH few AS MATERIALIZED (
    SELECT i.patient_id AS id FROM patients p JOIN patient_ingest i ON i.patient_id = p.id
    WHERE p.organisation_id = $1 AND p.archived_at IS NULL AND p.id > $2
    ORDER BY p.id LIMIT ${PATIENTS_TOGETHER} FOR UPDATE OF i
  )
  UPDATE patient_ingest i SET due_at = coalesce(i.due_at, $3), due_from = least(i.due_from, $3)
  FROM few WHERE i.patient_id = few.id
  RETURNING i.patient_id AS id`;

const REACHED = `
  UPDATE organisation_alert_settings SET reached_at = $3 WHERE organisation_id = $1 AND effective_from = $2`;

interface ClinicChoice {
  readonly organisationId: string;
  readonly from: Date;
}

/** Brings what clinics chose to their patients, some at a time. A choice whose bringing was cut off is begun again. */
@Injectable()
export class ClinicChoices {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly jobs: JobsService,
  ) {}

  /** Asks for a look at everybody whom a choice concerns and has not reached. Safe to repeat, and to run twice at once. */
  async bring(): Promise<void> {
    for (const choice of await this.dataSource.query<ClinicChoice[]>(UNDER_WAY)) await this.bringOne(choice);
  }

  private async bringOne({ organisationId, from }: ClinicChoice): Promise<void> {
    for (let after = FIRST_UUID; ;) {
      const [marked] = await this.dataSource.query<[{ id: string }[], number]>(MARK_FEW, [organisationId, after, from]);
      const ids = marked.map(({ id }) => id).sort();
      await askToEvaluate(this.jobs, ids);
      const last = ids.at(-1);
      if (last === undefined || ids.length < PATIENTS_TOGETHER) break;
      after = last;
    }
    await this.dataSource.query(REACHED, [organisationId, from, this.clock.now()]);
  }
}
