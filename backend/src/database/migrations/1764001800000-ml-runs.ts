import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Analyses of a patient's record. A result stays until a later run of the same question replaces it: then the row is kept,
 * says by which, and lets go of the result.
 */
const ML_RUNS = `
  CREATE TABLE ml_runs (
    patient_id uuid NOT NULL REFERENCES patients,
    id uuid NOT NULL,
    created_by uuid REFERENCES users,
    created_at timestamptz NOT NULL,
    algorithm text NOT NULL,
    parameters jsonb NOT NULL,
    window_from timestamptz NOT NULL,
    window_to timestamptz NOT NULL CHECK (window_to > window_from),
    status text NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled', 'superseded')),
    progress real NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    started_at timestamptz,
    finished_at timestamptz,
    superseded_by uuid,
    result text,
    meta text,
    PRIMARY KEY (patient_id, id),
    CHECK ((status = 'done') = (result IS NOT NULL)),
    CHECK ((status = 'superseded') = (superseded_by IS NOT NULL)),
    CHECK ((status IN ('queued', 'running')) = (finished_at IS NULL))
  );
  CREATE INDEX ml_runs_by_id ON ml_runs (id);
  CREATE INDEX ml_runs_unfinished ON ml_runs (created_at) WHERE status IN ('queued', 'running');
  COMMENT ON COLUMN ml_runs.created_by IS 'null: asked for by the work of the night';
  COMMENT ON COLUMN ml_runs.result IS 'JSON as text: the same input gives the same bytes';
`;

export class MlRuns1764001800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ML_RUNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ml_runs');
  }
}
