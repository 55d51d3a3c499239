import type { MigrationInterface, QueryRunner } from 'typeorm';

const SETTINGS = `
  CREATE TABLE alert_settings (
    patient_id uuid NOT NULL REFERENCES patients,
    effective_from timestamptz NOT NULL,
    override jsonb NOT NULL,
    schedules jsonb NOT NULL,
    changed_by uuid NOT NULL REFERENCES users,
    PRIMARY KEY (patient_id, effective_from)
  );
  COMMENT ON COLUMN alert_settings.override IS 'what differs from the defaults of the clinic';
  CREATE TABLE organisation_alert_settings (
    organisation_id uuid NOT NULL REFERENCES organisations,
    effective_from timestamptz NOT NULL,
    override jsonb NOT NULL,
    schedules jsonb NOT NULL,
    changed_by uuid NOT NULL REFERENCES users,
    PRIMARY KEY (organisation_id, effective_from)
  );
`;

const STATE = `
  ALTER TABLE patient_ingest ADD COLUMN due_from timestamptz;
  COMMENT ON COLUMN patient_ingest.due_at IS 'when something arrived that alerts have not looked at';
  COMMENT ON COLUMN patient_ingest.due_from IS 'the earliest instant that changed since alerts last looked';
  CREATE TABLE alert_state (
    patient_id uuid PRIMARY KEY REFERENCES patients,
    evaluated_at timestamptz NOT NULL,
    quiet_at timestamptz,
    next_at timestamptz
  );
  CREATE INDEX alert_state_next ON alert_state (next_at) WHERE next_at IS NOT NULL;
  COMMENT ON COLUMN alert_state.quiet_at IS 'a sample after which every rule was at rest';
  COMMENT ON COLUMN alert_state.next_at IS 'when the passing of time alone gives another answer';
`;

const LISTENING = `
  CREATE TABLE listening_intervals (
    id uuid PRIMARY KEY,
    started_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL
  );
  CREATE INDEX listening_intervals_seen ON listening_intervals (last_seen_at);
  COMMENT ON TABLE listening_intervals IS 'when some process of GlucoLens could take in readings: silence outside of it means nothing';
`;

const EPISODES = `
  CREATE TABLE alert_episodes (
    patient_id uuid NOT NULL REFERENCES patients,
    id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    rule text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('info', 'warning', 'urgent')),
    onset_at timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    closed_at timestamptz,
    closed_by text CHECK ((closed_by IS NULL) = (closed_at IS NULL)),
    suspected_compression boolean NOT NULL,
    evidence jsonb NOT NULL,
    detected_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    voided_at timestamptz,
    marked_false_by uuid REFERENCES users,
    marked_false_at timestamptz,
    PRIMARY KEY (patient_id, id)
  );
  CREATE UNIQUE INDEX alert_episodes_open ON alert_episodes (patient_id, rule)
    WHERE closed_at IS NULL AND voided_at IS NULL;
  CREATE INDEX alert_episodes_opened ON alert_episodes (patient_id, opened_at);
  COMMENT ON COLUMN alert_episodes.detected_at IS 'when GlucoLens first saw it; opened_at is when it happened';
  COMMENT ON COLUMN alert_episodes.voided_at IS 'when late data showed that it never was';
  CREATE TABLE alert_soundings (
    patient_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    episode_id uuid NOT NULL,
    severity text NOT NULL CHECK (severity IN ('info', 'warning', 'urgent')),
    at timestamptz NOT NULL,
    decision text NOT NULL CHECK (decision IN ('sound', 'over', 'stale')),
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (patient_id, id),
    UNIQUE (patient_id, episode_id, severity),
    FOREIGN KEY (patient_id, episode_id) REFERENCES alert_episodes
  );
`;

const ANSWERS = `
  CREATE TABLE alert_acknowledgements (
    patient_id uuid NOT NULL,
    episode_id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users,
    severity text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (patient_id, episode_id, user_id, severity),
    FOREIGN KEY (patient_id, episode_id) REFERENCES alert_episodes
  );
  CREATE TABLE alert_snoozes (
    patient_id uuid NOT NULL REFERENCES patients,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users,
    rule text,
    severity text NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL CHECK (until_at > from_at),
    ended_at timestamptz,
    PRIMARY KEY (patient_id, id)
  );
  CREATE INDEX alert_snoozes_user ON alert_snoozes (user_id, patient_id) WHERE ended_at IS NULL;
`;

/** As in the audit log, a row has its transaction id before it has its number. */
const TIMELINE = `
  CREATE TABLE alert_events (
    patient_id uuid NOT NULL,
    written_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint GENERATED ALWAYS AS IDENTITY,
    episode_id uuid NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    actor_user_id uuid,
    details jsonb NOT NULL,
    PRIMARY KEY (patient_id, id),
    FOREIGN KEY (patient_id, episode_id) REFERENCES alert_episodes
  );
  CREATE INDEX alert_events_episode ON alert_events (patient_id, episode_id, id);
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alert_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

/** Alerts: what people want to be told, what happened, what was decided, and what was done about it. */
export class Alerts1764001000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [SETTINGS, STATE, LISTENING, EPISODES, ANSWERS, TIMELINE]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE alert_events, alert_snoozes, alert_acknowledgements, alert_soundings, alert_episodes, alert_state, listening_intervals,
        organisation_alert_settings, alert_settings;
      ALTER TABLE patient_ingest DROP COLUMN due_from;
    `);
  }
}
