import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Uploaded export files and what became of them. `created_at` is also the `received_at` of every reading an import adds,
 * unique for each patient: that is how an import that was killed and run again still knows which readings are its own.
 */
const IMPORTS = `
  CREATE TABLE imports (
    patient_id uuid NOT NULL REFERENCES patients,
    id uuid NOT NULL,
    created_by uuid REFERENCES users,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    status text NOT NULL CHECK (status IN ('queued', 'running', 'needs-input', 'done', 'refused')),
    sha256 bytea NOT NULL,
    byte_size integer NOT NULL,
    time_zone text,
    date_order text CHECK (date_order IN ('DMY', 'MDY')),
    runs integer NOT NULL DEFAULT 0,
    format text,
    progress real NOT NULL DEFAULT 0,
    new_count integer NOT NULL DEFAULT 0,
    known_count integer NOT NULL DEFAULT 0,
    rejected_count integer NOT NULL DEFAULT 0,
    details jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (patient_id, id),
    UNIQUE (patient_id, created_at)
  );
  CREATE INDEX imports_by_id ON imports (id);
  COMMENT ON COLUMN imports.time_zone IS 'zone of the wearer''s clock as the uploader said; null: the patient''s own zones';
  COMMENT ON COLUMN imports.details IS 'row errors, ignored rows, questions, refusal: shown to those who may read the patient';
`;

/** The bytes wait here, where every process reaches them, until the import has ended; afterwards only the hash is kept. */
const PARTS = `
  CREATE TABLE import_parts (
    patient_id uuid NOT NULL,
    import_id uuid NOT NULL,
    part integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (patient_id, import_id, part),
    FOREIGN KEY (patient_id, import_id) REFERENCES imports ON DELETE CASCADE
  );
  ALTER TABLE import_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
`;

export class Imports1764000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statements of [IMPORTS, PARTS]) await runner.query(statements);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE import_parts, imports');
  }
}
