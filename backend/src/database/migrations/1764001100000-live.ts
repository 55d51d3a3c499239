import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As in the audit log, a row has its transaction id before it has its number. */
const EVENTS = `
  CREATE TABLE live_events (
    written_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    patient_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('reading', 'alert', 'forecast', 'job')),
    subject jsonb NOT NULL
  );
  CREATE INDEX live_events_at ON live_events (at);
  COMMENT ON TABLE live_events IS 'what open pages are to be told, kept for a day: ids and states, no measurement';
`;

/** Whoever has a stream open is looked at again; the bell says only that something about access changed. */
const ACCESS_BELL = `
  CREATE FUNCTION ring_access() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('glucolens_access', '');
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER ring_access AFTER INSERT OR UPDATE OR DELETE ON grants
    FOR EACH STATEMENT EXECUTE FUNCTION ring_access();
  CREATE TRIGGER ring_access AFTER INSERT OR UPDATE OR DELETE ON memberships
    FOR EACH STATEMENT EXECUTE FUNCTION ring_access();
  CREATE TRIGGER ring_access AFTER UPDATE OF revoked_at ON refresh_tokens
    FOR EACH STATEMENT EXECUTE FUNCTION ring_access();
`;

/** Live updates: an outbox that every API process reads, and a bell for changes of access. */
export class Live1764001100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [EVENTS, ACCESS_BELL]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER ring_access ON grants;
      DROP TRIGGER ring_access ON memberships;
      DROP TRIGGER ring_access ON refresh_tokens;
      DROP FUNCTION ring_access();
      DROP TABLE live_events;
    `);
  }
}
