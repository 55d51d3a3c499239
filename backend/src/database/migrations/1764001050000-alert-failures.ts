import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Patients whose alerts could not be looked at, so that they are tried again and do not keep others waiting. */
export class AlertFailures1764001050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alert_failures (
        patient_id uuid PRIMARY KEY REFERENCES patients,
        failures int NOT NULL,
        failed_at timestamptz NOT NULL,
        retry_at timestamptz NOT NULL
      );
      COMMENT ON COLUMN alert_failures.failures IS 'in a row; a success removes the row';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE alert_failures');
  }
}
