import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything of a person's record that is no glucose reading: one row each, its fields by kind. */
export class Records1764000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE records (
        patient_id uuid NOT NULL REFERENCES patients,
        kind text NOT NULL,
        client_id text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz,
        body jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (patient_id, kind, client_id),
        CHECK (ends_at IS NULL OR ends_at > starts_at)
      );
      CREATE INDEX records_by_time ON records (patient_id, kind, starts_at, client_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE records');
  }
}
