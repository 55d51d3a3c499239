import type { MigrationInterface, QueryRunner } from 'typeorm';

const NIGHTS = `
  CREATE TABLE patient_nights (
    patient_id uuid PRIMARY KEY REFERENCES patients,
    closed_through date NOT NULL,
    repaired_days integer NOT NULL DEFAULT 0,
    repaired_at timestamptz
  );
  COMMENT ON COLUMN patient_nights.closed_through IS 'the last local day whose night work is done';
  COMMENT ON COLUMN patient_nights.repaired_days IS 'stored days that were not what the readings say, ever';
`;

/** The sweep for imports whose job was lost looks every minute. */
const UNFINISHED_IMPORTS = `
  CREATE INDEX imports_unfinished ON imports (created_at) WHERE status IN ('queued', 'running')`;

/** How far the work of the night has come, one row a patient. */
export class Nights1764000600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [NIGHTS, UNFINISHED_IMPORTS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX imports_unfinished');
    await runner.query('DROP TABLE patient_nights');
  }
}
