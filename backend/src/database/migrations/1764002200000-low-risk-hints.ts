import type { MigrationInterface, QueryRunner } from 'typeorm';

const HINTS = `
  CREATE TABLE low_risk_hints (
    patient_id uuid PRIMARY KEY REFERENCES patients,
    window_to timestamptz NOT NULL,
    computed_at timestamptz NOT NULL,
    version text NOT NULL,
    chance real CHECK (chance BETWEEN 0 AND 1)
  );
  COMMENT ON COLUMN low_risk_hints.chance IS 'of 4 % or more of readings below 70 mg/dL in the 14 days after window_to; null: too little data to tell';
`;

/** What the last night told of lows to come, narrow enough to be read for everybody whenever a panel is. */
export class LowRiskHints1764002200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(HINTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE low_risk_hints');
  }
}
