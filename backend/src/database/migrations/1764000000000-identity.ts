import type { MigrationInterface, QueryRunner } from 'typeorm';

const USERS = `
  CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    password_hash text NOT NULL,
    display_name text NOT NULL,
    is_platform_admin boolean NOT NULL DEFAULT false,
    unit_preference text CHECK (unit_preference IN ('mg/dL', 'mmol/L')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE refresh_tokens (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users,
    family_id uuid NOT NULL,
    family_started_at timestamptz NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    replaced_by uuid,
    revoked_at timestamptz
  );
  CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id);
  CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
`;

const ORGANISATIONS = `
  CREATE TABLE organisations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    archived_at timestamptz
  );
  CREATE TABLE memberships (
    organisation_id uuid NOT NULL REFERENCES organisations,
    user_id uuid NOT NULL REFERENCES users,
    role text NOT NULL CHECK (role IN ('clinician', 'admin')),
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    PRIMARY KEY (organisation_id, user_id, role)
  );
  CREATE INDEX memberships_user ON memberships (user_id) WHERE revoked_at IS NULL;
`;

const PATIENTS = `
  CREATE TABLE patients (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid REFERENCES organisations,
    user_id uuid UNIQUE REFERENCES users,
    display_name text NOT NULL,
    date_of_birth date,
    diabetes_type text CHECK (diabetes_type IN ('type1', 'type2', 'prediabetes', 'gestational', 'other')),
    target_preset text NOT NULL DEFAULT 'adult'
      CHECK (target_preset IN ('adult', 'older', 'pregnancy-t1', 'gestational')),
    unit text NOT NULL DEFAULT 'mg/dL' CHECK (unit IN ('mg/dL', 'mmol/L')),
    synthetic boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    archived_at timestamptz
  );
  CREATE INDEX patients_organisation ON patients (organisation_id) WHERE archived_at IS NULL;
  CREATE TABLE patient_zones (
    patient_id uuid NOT NULL REFERENCES patients,
    valid_from timestamptz NOT NULL,
    time_zone text NOT NULL,
    PRIMARY KEY (patient_id, valid_from)
  );
  CREATE TABLE grants (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    patient_id uuid NOT NULL REFERENCES patients,
    grantee_user_id uuid NOT NULL REFERENCES users,
    scope text NOT NULL CHECK (scope IN ('read', 'write')),
    valid_from timestamptz NOT NULL,
    valid_until timestamptz NOT NULL,
    created_by uuid NOT NULL REFERENCES users,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    CHECK (valid_from < valid_until)
  );
  CREATE INDEX grants_patient ON grants (patient_id, grantee_user_id);
  CREATE INDEX grants_grantee ON grants (grantee_user_id) WHERE revoked_at IS NULL;
`;

/**
 * `written_in` stands before `id` on purpose: defaults are evaluated in column order, so a row has its transaction id
 * before it has its number. That order is what lets the sealing know when a range of numbers is complete.
 */
const AUDIT = `
  CREATE TABLE audit_events (
    written_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_user_id uuid NOT NULL,
    patient_ids uuid[] NOT NULL,
    action text NOT NULL,
    request_id text NOT NULL
  );
  CREATE INDEX audit_events_patients ON audit_events USING gin (patient_ids);
  CREATE TABLE audit_seals (
    from_id bigint PRIMARY KEY,
    to_id bigint NOT NULL UNIQUE,
    events integer NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    CHECK (from_id <= to_id)
  );
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END
  $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

/** People, organisations, patient records, who may see them, and the log of who looked. */
export class Identity1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [USERS, ORGANISATIONS, PATIENTS, AUDIT]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_seals, audit_events, grants, patient_zones, patients, memberships, organisations,
        refresh_tokens, users;
      DROP FUNCTION refuse_change();
    `);
  }
}
