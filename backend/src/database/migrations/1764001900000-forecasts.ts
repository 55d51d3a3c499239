import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Forecasts as they were issued, to be judged once their time has come: at most one each five minutes of a patient, kept
 * for 30 days. Three horizons of nine quantiles: all 24 steps would be eight times as much, and tell little more.
 */
const FORECASTS = `
  CREATE TABLE forecasts (
    patient_id uuid NOT NULL REFERENCES patients,
    based_on timestamptz NOT NULL,
    issued_at timestamptz NOT NULL,
    model text NOT NULL CHECK (model IN ('last-value', 'ridge', 'network')),
    version text NOT NULL,
    quantiles smallint[] NOT NULL CHECK (cardinality(quantiles) = 27),
    low_within_30 real NOT NULL CHECK (low_within_30 BETWEEN 0 AND 1),
    low_within_60 real NOT NULL CHECK (low_within_60 BETWEEN 0 AND 1),
    medians smallint[] NOT NULL CHECK (cardinality(medians) = 3),
    PRIMARY KEY (patient_id, based_on)
  );
  COMMENT ON COLUMN forecasts.based_on IS 'measured_at of the reading that the steps count from';
  COMMENT ON COLUMN forecasts.quantiles IS 'tenths of mg/dL after 30, 60 and 120 minutes, nine each';
  COMMENT ON COLUMN forecasts.medians IS 'tenths of mg/dL after 60 minutes, by last-value, ridge and network';
`;

/** What serves a patient is asked for with each forecast; runs that were superseded stay, and are many. */
const NIGHTS_ANSWER = `
  CREATE INDEX ml_runs_of_night ON ml_runs (patient_id, algorithm, window_to DESC)
    WHERE status = 'done' AND created_by IS NULL;
`;

export class Forecasts1764001900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FORECASTS + NIGHTS_ANSWER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ml_runs_of_night; DROP TABLE forecasts');
  }
}
