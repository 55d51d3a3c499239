import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever brought the newest reading was heard of then; what came since is not known. */
const CONTACT = `
  ALTER TABLE patient_ingest ADD COLUMN heard_at timestamptz;
  UPDATE patient_ingest i SET heard_at = (
    SELECT max(r.received_at) FROM glucose_readings r
    WHERE r.patient_id = i.patient_id AND r.measured_at = i.last_reading_at);
  COMMENT ON COLUMN patient_ingest.heard_at IS 'when whatever uploads readings was last heard from, also where it brought nothing new; to the minute';
`;

/** Tells the silence of a sensor from that of its uploader. */
export class UploaderContact1764002100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONTACT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE patient_ingest DROP COLUMN heard_at');
  }
}
