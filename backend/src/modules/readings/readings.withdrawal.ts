import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DaysRebuild } from './days.rebuild.js';
import { FLAG_CALIBRATION, FLAG_FINGERSTICK } from './reading.js';

/** What arrived together: the instant it was stored under, and what the names of its sources begin with. */
export interface Arrival {
  readonly receivedAt: Date;
  readonly label: string;
}

const DELETE = `
  DELETE FROM glucose_readings r USING sources s
  WHERE r.patient_id = $1 AND r.received_at = $2 AND s.patient_id = r.patient_id AND s.id = r.source_id
    AND (s.name = $3 OR starts_with(s.name, $3 || ', '))`;

const NEWEST = `
  UPDATE patient_ingest SET last_reading_at = (
    SELECT max(measured_at) FROM glucose_readings
    WHERE patient_id = $1 AND flags & ${FLAG_FINGERSTICK | FLAG_CALIBRATION} = 0)
  WHERE patient_id = $1`;

/** The one way out of the table of readings. */
@Injectable()
export class ReadingsWithdrawal {
  constructor(private readonly days: DaysRebuild) {}

  /**
   * Removes what one arrival brought, and makes the days anew without it in the same transaction.
   * @param agree does what belongs to it, and says whether anything is to be removed at all
   */
  async withdraw(
    patientId: string,
    { receivedAt, label }: Arrival,
    agree: (manager: EntityManager) => Promise<boolean>,
  ): Promise<void> {
    await this.days.changeAndRebuild(patientId, async (manager) => {
      if (!(await agree(manager))) return;
      await manager.query(DELETE, [patientId, receivedAt, label]);
      await manager.query(NEWEST, [patientId]);
    });
  }
}
