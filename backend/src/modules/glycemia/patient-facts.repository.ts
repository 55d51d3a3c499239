import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryPrepared } from '../../database/prepared.js';
import { Problem } from '../../common/problem.js';
import type { TargetPreset } from '../../domain/glycemia/targets.js';
import type { GlucoseUnit } from '../../domain/glycemia/units.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import { toZoneHistory, type ZoneRows, zonesOf } from '../readings/zone-rows.js';

/** What a report needs to know of a patient beside the readings. */
export interface PatientFacts {
  readonly id: string;
  /** The login that the record belongs to. */
  readonly userId: string | null;
  readonly displayName: string;
  readonly dateOfBirth: string | null;
  readonly diabetesType: string | null;
  readonly targetPreset: TargetPreset;
  readonly unit: GlucoseUnit;
  readonly synthetic: boolean;
  readonly zones: ZoneHistory;
  /** Seconds since the epoch. */
  readonly lastReadingAt: number | null;
  /** When whatever uploads was last heard from, seconds since the epoch. */
  readonly heardAt: number | null;
}

const FACTS = `
  SELECT p.id, p.user_id AS "userId", p.display_name AS "displayName", p.date_of_birth::text AS "dateOfBirth",
    p.diabetes_type AS "diabetesType", p.target_preset AS "targetPreset", p.unit, p.synthetic,
    extract(epoch FROM i.last_reading_at)::float8 AS "lastReadingAt",
    extract(epoch FROM i.heard_at)::float8 AS "heardAt",
    ${zonesOf('p.id')} AS zones
  FROM patients p LEFT JOIN patient_ingest i ON i.patient_id = p.id`;

const FACTS_OF_ONE = { name: 'facts-of-patient', text: `${FACTS} WHERE p.id = $1` };

interface FactsRow extends Omit<PatientFacts, 'zones'> {
  readonly zones: ZoneRows;
}

@Injectable()
export class PatientFactsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async of(patientId: string): Promise<PatientFacts> {
    const [row] = await queryPrepared<FactsRow>(this.dataSource, FACTS_OF_ONE, [patientId]);
    if (!row) throw new Problem('PATIENT_NOT_FOUND');
    return toFacts(row);
  }

  /** The patients of a subquery over `$1` (the caller) and `$2` (now) that yields their ids. */
  async visibleTo(userId: string, now: Date, visibleIds: string): Promise<PatientFacts[]> {
    const rows = await this.dataSource.query<FactsRow[]>(`${FACTS} WHERE p.id IN (${visibleIds})`, [userId, now]);
    return rows.map(toFacts);
  }
}

const toFacts = (row: FactsRow): PatientFacts => ({ ...row, zones: toZoneHistory(row.zones) });
