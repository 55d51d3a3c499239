import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose open page was sent an alert, and steps of a chain that reached nobody. */
export class AlertProof1764001310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alert_shown (
        patient_id uuid NOT NULL,
        episode_id uuid NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        severity text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (patient_id, episode_id, user_id, severity),
        FOREIGN KEY (patient_id, episode_id) REFERENCES alert_episodes
      );
      COMMENT ON TABLE alert_shown IS 'a live stream of this person was sent this alert as it sounded';
      ALTER TABLE alert_plans ADD COLUMN unreached_step smallint;
      COMMENT ON COLUMN alert_plans.unreached_step IS 'the last step, where nothing of it arrived or can arrive any more';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE alert_shown;
      ALTER TABLE alert_plans DROP COLUMN unreached_step;
    `);
  }
}
