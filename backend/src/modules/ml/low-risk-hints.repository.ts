import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryPrepared } from '../../database/prepared.js';
import type { KeptLowRisk } from '../../domain/triage/low-hint.js';

/** Of two nights the later one holds, whichever is answered last. */
const KEEP = `
  INSERT INTO low_risk_hints (patient_id, window_to, computed_at, version, chance) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (patient_id) DO UPDATE
  SET window_to = excluded.window_to, computed_at = excluded.computed_at, version = excluded.version, chance = excluded.chance
  WHERE low_risk_hints.window_to <= excluded.window_to`;

const OF_MANY = {
  name: 'low-risk-hints',
  text: `
    SELECT patient_id AS "patientId", extract(epoch FROM window_to)::float8 AS "from",
      extract(epoch FROM computed_at)::float8 AS "computedAt", version, chance
    FROM low_risk_hints WHERE patient_id = ANY ($1::uuid[])`,
};

/** The chance of lows that each person's last night told. */
@Injectable()
export class LowRiskHintsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async keep(patientId: string, { from, computedAt, version, chance }: KeptLowRisk): Promise<void> {
    const instant = (seconds: number) => new Date(seconds * 1000);
    await this.dataSource.query(KEEP, [patientId, instant(from), instant(computedAt), version, chance]);
  }

  /** By patient id; those of whom nothing was asked are absent. */
  async of(patientIds: readonly string[]): Promise<Map<string, KeptLowRisk>> {
    const rows = await queryPrepared<KeptLowRisk & { patientId: string }>(this.dataSource, OF_MANY, [
      `{${patientIds.join(',')}}`,
    ]);
    return new Map(rows.map(({ patientId, ...kept }) => [patientId, kept]));
  }
}
