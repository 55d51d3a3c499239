import type { MigrationInterface, QueryRunner } from 'typeorm';

const REACH = `
  ALTER TABLE organisation_alert_settings ADD COLUMN reached_at timestamptz;
  UPDATE organisation_alert_settings SET reached_at = effective_from;
  CREATE INDEX organisation_alert_settings_under_way ON organisation_alert_settings (organisation_id)
    WHERE reached_at IS NULL;
  COMMENT ON COLUMN organisation_alert_settings.reached_at IS 'when alerts were asked to look again at every patient of the organisation; null: not at all of them yet';
`;

/** A choice of a clinic reaches its patients some at a time, so that nobody's readings wait for all the others. */
export class SettingsReach1764002000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REACH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE organisation_alert_settings DROP COLUMN reached_at');
  }
}
