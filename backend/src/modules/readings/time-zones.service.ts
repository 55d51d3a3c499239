import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Problem } from '../../common/problem.js';
import { DaysRebuild } from './days.rebuild.js';
import { PatientIngestRepository } from './patient-ingest.repository.js';
import type { NewZoneChange, ZoneChange, ZoneChangesPage } from './time-zones.schemas.js';

/** The zone of the beginning is kept under this instant, whatever it was when the patient was made. */
const CHANGE_FIRST = `
  UPDATE patient_zones SET time_zone = $2
  WHERE patient_id = $1 AND valid_from = (SELECT min(valid_from) FROM patient_zones WHERE patient_id = $1)`;

const CHANGE = `
  INSERT INTO patient_zones (patient_id, valid_from, time_zone) VALUES ($1, $2, $3)
  ON CONFLICT (patient_id, valid_from) DO UPDATE SET time_zone = excluded.time_zone`;

const REMOVE = `
  WITH gone AS (
    DELETE FROM patient_zones
    WHERE patient_id = $1 AND valid_from = $2
      AND valid_from > (SELECT min(valid_from) FROM patient_zones WHERE patient_id = $1)
    RETURNING 1
  ) SELECT count(*)::int AS count FROM gone`;

/** Where a patient lived since when: it decides which local day a reading belongs to. */
@Injectable()
export class TimeZonesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ingestState: PatientIngestRepository,
    private readonly days: DaysRebuild,
  ) {}

  async list(patientId: string): Promise<ZoneChangesPage> {
    const { zones } = await this.ingestState.context(this.dataSource.manager, patientId);
    return {
      items: zones.map(({ from, zone }, index) => ({
        validFrom: index === 0 ? null : new Date(from * 1000).toISOString(),
        timeZone: zone,
      })),
      nextCursor: null,
    };
  }

  /** Notes a move. A change of the same instant is replaced; without an instant the zone of the beginning is. */
  async change(patientId: string, { validFrom, timeZone }: NewZoneChange): Promise<ZoneChange> {
    const from = validFrom === null ? null : wholeSecond(validFrom);
    await this.days.changeAndRebuild(patientId, async (manager) => {
      if (from === null) await manager.query(CHANGE_FIRST, [patientId, timeZone]);
      else await this.insert(manager, patientId, from, timeZone);
    });
    return { validFrom: from && from.toISOString(), timeZone };
  }

  /** Takes a move back. The zone of the beginning can be changed but not removed. */
  async remove(patientId: string, validFrom: string): Promise<void> {
    const from = wholeSecond(validFrom);
    await this.days.changeAndRebuild(patientId, async (manager) => {
      const [gone] = await manager.query<{ count: number }[]>(REMOVE, [patientId, from]);
      if (gone?.count !== 1) throw new Problem('NOT_FOUND', 'There is no change of zone at this instant.');
    });
  }

  private async insert(manager: EntityManager, patientId: string, from: Date, timeZone: string): Promise<void> {
    const { zones } = await this.ingestState.context(manager, patientId);
    if (from.getTime() / 1000 <= zones[0].from) {
      throw new Problem('INVALID_INPUT', 'This is not after the beginning.', [
        { path: 'validFrom', code: 'out_of_order', message: 'Use null to change the zone of the beginning.' },
      ]);
    }
    await manager.query(CHANGE, [patientId, from, timeZone]);
  }
}

/** Local days begin at whole seconds. */
const wholeSecond = (instant: string): Date => new Date(Math.floor(Date.parse(instant) / 1000) * 1000);
