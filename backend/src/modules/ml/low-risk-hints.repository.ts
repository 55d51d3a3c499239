import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { KeptLowRisk } from '../../domain/triage/low-hint.js';

/** Of two nights the later one holds, whichever is answered last. */
const KEEP = `
  INSERT INTO low_risk_hints (patient_id, window_to, computed_at, version, chance) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (patient_id) DO UPDATE
  SET window_to = excluded.window_to, computed_at = excluded.computed_at, version = excluded.version, chance = excluded.chance
  WHERE low_risk_hints.window_to <= excluded.window_to`;

/** The chance of lows that each person's last night told. */
@Injectable()
export class LowRiskHintsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async keep(patientId: string, { from, computedAt, version, chance }: KeptLowRisk): Promise<void> {
    const instant = (seconds: number) => new Date(seconds * 1000);
    await this.dataSource.query(KEEP, [patientId, instant(from), instant(computedAt), version, chance]);
  }
}
