import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The simulated people behind the demo clinic. `state` is empty until the history of a patient is stored: a seeding that
 * was killed goes on from `subject`, which gives the same history again.
 */
const SIMULATIONS = `
  CREATE TABLE demo_simulations (
    patient_id uuid PRIMARY KEY REFERENCES patients,
    place smallint NOT NULL UNIQUE,
    silent boolean NOT NULL,
    history_from timestamptz NOT NULL,
    simulated_to timestamptz NOT NULL,
    subject jsonb NOT NULL,
    state jsonb
  );
  COMMENT ON COLUMN demo_simulations.place IS 'place in the roster of the demo clinic';
  COMMENT ON COLUMN demo_simulations.silent IS 'has stopped uploading: the feed leaves this patient alone';
`;

/** No route reads it: what a detector is scored against is not for those whom it should serve. */
const ARTEFACTS = `
  CREATE TABLE demo_artefacts (
    patient_id uuid NOT NULL REFERENCES patients,
    kind text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (patient_id, starts_at, kind)
  );
  COMMENT ON TABLE demo_artefacts IS 'ground truth: where and how the simulated sensor was wrong or silent';
`;

/** The demo clinic: saved simulations and the truth about their artefacts. */
export class Demo1764000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [SIMULATIONS, ARTEFACTS]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE demo_artefacts, demo_simulations');
  }
}
