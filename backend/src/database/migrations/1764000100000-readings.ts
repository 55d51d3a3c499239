import type { MigrationInterface, QueryRunner } from 'typeorm';

const SOURCES = `
  CREATE TABLE sources (
    patient_id uuid NOT NULL REFERENCES patients,
    id smallint NOT NULL,
    name text NOT NULL,
    priority smallint NOT NULL DEFAULT 100,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (patient_id, id),
    UNIQUE (patient_id, name)
  );
`;

/**
 * The truth; nothing rewrites it. No foreign keys: they would be checked for each row of a bulk insert, and every writer
 * has locked the patient's row in patient_ingest, which has one. Columns stand in the order that wastes no padding.
 */
const READINGS = `
  CREATE TABLE glucose_readings (
    patient_id uuid NOT NULL,
    measured_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    source_id smallint NOT NULL,
    tenths smallint NOT NULL,
    unit smallint NOT NULL,
    flags smallint NOT NULL,
    PRIMARY KEY (patient_id, measured_at, source_id)
  );
  COMMENT ON COLUMN glucose_readings.tenths IS 'ten times the value in the unit the device reported';
  COMMENT ON COLUMN glucose_readings.unit IS '0 mg/dL, 1 mmol/L';
  COMMENT ON COLUMN glucose_readings.flags IS '2 censored low, 4 censored high, 8 fingerstick, 16 calibration';
`;

/**
 * A projection that can be made anew from glucose_readings, sources and patient_zones at any time. There is no index
 * beside the primary key, and pages keep room: an appended sample then stays on its page and touches no index.
 */
const DAYS = `
  CREATE TABLE glucose_days (
    patient_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    mgdl_sum_tenths bigint NOT NULL,
    mgdl_sum_sq_tenths bigint NOT NULL,
    mmol_sum_tenths bigint NOT NULL,
    mmol_sum_sq_tenths bigint NOT NULL,
    day date NOT NULL,
    length_seconds integer NOT NULL,
    covered_seconds integer NOT NULL,
    count integer NOT NULL,
    mgdl_count integer NOT NULL,
    mmol_count integer NOT NULL,
    very_low integer NOT NULL,
    low integer NOT NULL,
    in_range integer NOT NULL,
    high integer NOT NULL,
    very_high integer NOT NULL,
    tight integer NOT NULL,
    below_63 integer NOT NULL,
    above_140 integer NOT NULL,
    regular_steps integer NOT NULL,
    interval_seconds smallint NOT NULL,
    mgdl_min_tenths smallint,
    mgdl_max_tenths smallint,
    mmol_min_tenths smallint,
    mmol_max_tenths smallint,
    sole_source smallint,
    samples bytea NOT NULL,
    PRIMARY KEY (patient_id, day)
  ) WITH (fillfactor = 70);
  ALTER TABLE glucose_days ALTER COLUMN samples SET STORAGE EXTERNAL;
`;

const INGEST = `
  CREATE TABLE patient_ingest (
    patient_id uuid PRIMARY KEY REFERENCES patients,
    last_reading_at timestamptz,
    due_at timestamptz,
    rejected_ahead integer NOT NULL DEFAULT 0
  ) WITH (fillfactor = 50);
  COMMENT ON TABLE patient_ingest IS 'every writer of readings, sources or zones locks the row of its patient first';
  COMMENT ON COLUMN patient_ingest.last_reading_at IS 'measured_at of the newest sensor reading';
  COMMENT ON COLUMN patient_ingest.due_at IS 'when something last arrived that alerts have to look at';
`;

/** Glucose readings, where they come from, and the local days made of them. */
export class Readings1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [SOURCES, READINGS, DAYS, INGEST]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE patient_ingest, glucose_days, glucose_readings, sources');
  }
}
