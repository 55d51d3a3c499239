import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A channel that was removed keeps its row for the deliveries that went through it, and nothing that names an address. */
const CHANNELS = `
  CREATE TABLE alert_channels (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users,
    kind text NOT NULL CHECK (kind IN ('email', 'web-push', 'webhook')),
    label text NOT NULL,
    target jsonb,
    content text NOT NULL DEFAULT 'private' CHECK (content IN ('private', 'full')),
    quiet_hours jsonb NOT NULL DEFAULT '[]',
    time_zone text NOT NULL,
    created_at timestamptz NOT NULL,
    verified_at timestamptz,
    removed_at timestamptz,
    code_hash bytea,
    code_sent_at timestamptz,
    code_attempts smallint NOT NULL DEFAULT 0,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure text,
    consecutive_failures integer NOT NULL DEFAULT 0,
    disabled_at timestamptz,
    CHECK ((target IS NULL) = (removed_at IS NOT NULL))
  );
  CREATE INDEX alert_channels_user ON alert_channels (user_id, created_at);
  COMMENT ON COLUMN alert_channels.time_zone IS 'of the quiet hours and of the times in messages';
  COMMENT ON COLUMN alert_channels.disabled_at IS 'when the other side said that it is gone';
`;

const PEOPLE = `
  CREATE TABLE alert_followers (
    patient_id uuid NOT NULL REFERENCES patients,
    user_id uuid NOT NULL REFERENCES users,
    added_at timestamptz NOT NULL,
    added_by uuid NOT NULL REFERENCES users,
    PRIMARY KEY (patient_id, user_id)
  );
  CREATE TABLE escalation_chains (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    patient_id uuid UNIQUE REFERENCES patients,
    organisation_id uuid UNIQUE REFERENCES organisations,
    steps jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by uuid NOT NULL REFERENCES users,
    CHECK (num_nonnulls(patient_id, organisation_id) = 1)
  );
  CREATE TABLE on_call_shifts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisations,
    user_id uuid NOT NULL REFERENCES users,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL REFERENCES users,
    CHECK (starts_at < ends_at)
  );
  CREATE INDEX on_call_shifts_organisation ON on_call_shifts (organisation_id, ends_at);
`;

const PLANS = `
  ALTER TABLE alert_soundings ADD COLUMN planned_at timestamptz;
  CREATE INDEX alert_soundings_unplanned ON alert_soundings (decided_at)
    WHERE decision = 'sound' AND planned_at IS NULL;
  COMMENT ON COLUMN alert_soundings.planned_at IS 'when it was laid down who is told; null is work to do';
  CREATE TABLE alert_plans (
    patient_id uuid NOT NULL,
    sounding_id uuid NOT NULL,
    episode_id uuid NOT NULL,
    severity text NOT NULL,
    sounded_at timestamptz NOT NULL,
    chain jsonb NOT NULL,
    steps_taken smallint[] NOT NULL DEFAULT '{}',
    next_step_at timestamptz,
    asked_for_next_at timestamptz,
    PRIMARY KEY (patient_id, sounding_id),
    FOREIGN KEY (patient_id, sounding_id) REFERENCES alert_soundings,
    FOREIGN KEY (patient_id, episode_id) REFERENCES alert_episodes
  );
  CREATE INDEX alert_plans_next ON alert_plans (next_step_at) WHERE next_step_at IS NOT NULL;
  CREATE INDEX alert_plans_episode ON alert_plans (patient_id, episode_id);
  COMMENT ON COLUMN alert_plans.chain IS 'as it was when the alert sounded';
  COMMENT ON COLUMN alert_plans.asked_for_next_at IS 'when somebody asked for the next step before its time';
`;

/**
 * What is due and what is being sent stand in one column: whoever takes a delivery moves its next attempt past the time
 * that an attempt may last, so a delivery of a killed process comes round by itself.
 */
const DELIVERIES = `
  CREATE TABLE alert_deliveries (
    patient_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    sounding_id uuid NOT NULL,
    episode_id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users,
    channel_id uuid REFERENCES alert_channels,
    channel_kind text NOT NULL CHECK (channel_kind IN ('live', 'email', 'web-push', 'webhook')),
    step smallint NOT NULL,
    asked_for boolean NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed', 'expired', 'cancelled')),
    reason text,
    attempts smallint NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    next_attempt_at timestamptz,
    expires_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (patient_id, id),
    UNIQUE NULLS NOT DISTINCT (patient_id, sounding_id, step, user_id, channel_id),
    FOREIGN KEY (patient_id, sounding_id) REFERENCES alert_soundings,
    FOREIGN KEY (patient_id, episode_id) REFERENCES alert_episodes,
    CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((state = 'pending') = (finished_at IS NULL))
  );
  CREATE INDEX alert_deliveries_due ON alert_deliveries (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX alert_deliveries_episode ON alert_deliveries (patient_id, episode_id);
  COMMENT ON COLUMN alert_deliveries.id IS 'also the idempotency key, the same at each attempt';
  COMMENT ON COLUMN alert_deliveries.due_at IS 'when the person was to be told; lateness counts from here';
  CREATE TABLE alert_runs (
    work text PRIMARY KEY,
    finished_at timestamptz NOT NULL
  );
  COMMENT ON TABLE alert_runs IS 'when work on alerts last came to its end, in whatever process: the heartbeat asks';
`;

/** Who is told of an alert, by what, when, and what became of it. */
export class Deliveries1764001200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [CHANNELS, PEOPLE, PLANS, DELIVERIES]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE alert_runs, alert_deliveries, alert_plans, on_call_shifts, escalation_chains, alert_followers,
        alert_channels;
      ALTER TABLE alert_soundings DROP COLUMN planned_at;
    `);
  }
}
