import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryPrepared } from '../../database/prepared.js';
import { Problem } from '../../common/problem.js';
import type { TargetPreset } from '../../domain/glycemia/targets.js';
import type { GlucoseUnit } from '../../domain/glycemia/units.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';
import type { KeptLowRisk } from '../../domain/triage/low-hint.js';
import { DAYS_VERSION } from '../readings/day-window.js';
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

/** A patient on a panel, with what the last night told of lows to come. */
export interface PanelFacts extends PatientFacts {
  readonly keptLowRisk: KeptLowRisk | null;
  /** Changes with the stored days; `null` where nothing was ever written. */
  readonly daysVersion: string | null;
}

const facts = (columns = '', join = ''): string => `
  SELECT p.id, p.user_id AS "userId", p.display_name AS "displayName", p.date_of_birth::text AS "dateOfBirth",
    p.diabetes_type AS "diabetesType", p.target_preset AS "targetPreset", p.unit, p.synthetic,
    date_part('epoch', i.last_reading_at) AS "lastReadingAt", date_part('epoch', i.heard_at) AS "heardAt",
    ${zonesOf('p.id')} AS zones${columns}
  FROM patients p LEFT JOIN patient_ingest i ON i.patient_id = p.id${join}`;

/** In the statement that reads everybody anyway: a panel waits for no other. */
export const LOW_RISK_COLUMNS = `, date_part('epoch', h.window_to) AS "riskFrom",
    date_part('epoch', h.computed_at) AS "riskComputedAt", h.version AS "riskVersion", h.chance AS "riskChance"`;
export const LOW_RISK_JOIN = ' LEFT JOIN low_risk_hints h ON h.patient_id = p.id';
const PANEL_FACTS = facts(`${LOW_RISK_COLUMNS}, ${DAYS_VERSION} AS "daysVersion"`, LOW_RISK_JOIN);

const FACTS_OF_ONE = { name: 'facts-of-patient', text: `${facts()} WHERE p.id = $1` };

interface FactsRow extends Omit<PatientFacts, 'zones'> {
  readonly zones: ZoneRows;
}

interface PanelFactsRow extends FactsRow {
  readonly daysVersion: string | null;
  readonly riskFrom: number | null;
  readonly riskComputedAt: number;
  readonly riskVersion: string;
  readonly riskChance: number | null;
}

@Injectable()
export class PatientFactsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async of(patientId: string): Promise<PatientFacts> {
    const [row] = await queryPrepared<FactsRow>(this.dataSource, FACTS_OF_ONE, [patientId]);
    if (!row) throw new Problem('PATIENT_NOT_FOUND');
    return toFacts(row);
  }

  /** The patients of a subquery over `$1` (the caller) and `$2` (now) that yields their ids, in about the order of their names. */
  async visibleTo(userId: string, now: Date, visibleIds: string): Promise<PanelFacts[]> {
    // As an array the ids are known before the tables are: nothing is sorted to find out that no id comes twice.
    const sql = `${PANEL_FACTS} WHERE p.id = ANY (ARRAY(${visibleIds})) ORDER BY p.display_name COLLATE "C"`;
    const rows = await this.dataSource.query<PanelFactsRow[]>(sql, [userId, now]);
    return rows.map(toPanelFacts);
  }
}

const toFacts = (row: FactsRow): PatientFacts => ({ ...row, zones: toZoneHistory(row.zones) });

/** Written out: taking columns away from a row is slow, and there is one for everybody. */
const toPanelFacts = (row: PanelFactsRow): PanelFacts => ({
  id: row.id,
  userId: row.userId,
  displayName: row.displayName,
  dateOfBirth: row.dateOfBirth,
  diabetesType: row.diabetesType,
  targetPreset: row.targetPreset,
  unit: row.unit,
  synthetic: row.synthetic,
  zones: toZoneHistory(row.zones),
  lastReadingAt: row.lastReadingAt,
  heardAt: row.heardAt,
  daysVersion: row.daysVersion,
  keptLowRisk:
    row.riskFrom === null
      ? null
      : { from: row.riskFrom, computedAt: row.riskComputedAt, version: row.riskVersion, chance: row.riskChance },
});
