import type { MigrationInterface, QueryRunner } from 'typeorm';

const INVITATIONS = `
  CREATE TABLE record_invitations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    patient_id uuid NOT NULL REFERENCES patients,
    email text NOT NULL CHECK (email = lower(email)),
    code_hash bytea NOT NULL,
    created_by uuid NOT NULL REFERENCES users,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    answer text CHECK (answer IN ('accepted', 'declined', 'withdrawn')),
    answered_at timestamptz,
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK (created_at < expires_at)
  );
  CREATE INDEX record_invitations_patient ON record_invitations (patient_id, created_at);
  CREATE UNIQUE INDEX record_invitations_open ON record_invitations (patient_id) WHERE answer IS NULL;
  CREATE INDEX record_invitations_address ON record_invitations (email) WHERE answer IS NULL;
  COMMENT ON TABLE record_invitations IS 'of organisations to the person a record is about, to join it with a login';
`;

export class Invitations1764000900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INVITATIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE record_invitations');
  }
}
