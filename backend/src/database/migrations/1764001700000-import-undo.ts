import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An import that somebody took back stays in the list, with when that was. */
export class ImportUndo1764001700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE imports ADD COLUMN undone_at timestamptz CHECK (undone_at IS NULL OR finished_at IS NOT NULL);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE imports DROP COLUMN undone_at');
  }
}
