import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes that prove an address, and how many were mailed where, so that nobody floods a mailbox that is not theirs. */
export class ChannelCodes1764001300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE alert_channels ADD COLUMN code_expires_at timestamptz;
      COMMENT ON COLUMN alert_channels.code_sent_at IS 'when the mail was handed over; null where it could not be';
      CREATE TABLE channel_code_mails (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        user_id uuid NOT NULL REFERENCES users,
        address_hash bytea NOT NULL
      );
      CREATE INDEX channel_code_mails_at ON channel_code_mails (at);
      COMMENT ON TABLE channel_code_mails IS 'mails with a code in the last hour; the address only as a keyed hash';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE channel_code_mails;
      ALTER TABLE alert_channels DROP COLUMN code_expires_at;
      COMMENT ON COLUMN alert_channels.code_sent_at IS NULL;
    `);
  }
}
