import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is stored already fits: it is not read through, so that nobody who issues forecasts waits. */
const PERSONAL = `
  ALTER TABLE forecasts
    DROP CONSTRAINT forecasts_model_check,
    DROP CONSTRAINT forecasts_medians_check,
    ADD CONSTRAINT forecasts_model_check CHECK (model IN ('last-value', 'ridge', 'network', 'personal')) NOT VALID,
    ADD CONSTRAINT forecasts_medians_check CHECK (cardinality(medians) IN (3, 4)) NOT VALID;
  COMMENT ON COLUMN forecasts.medians IS 'tenths of mg/dL after 60 minutes, by last-value, ridge, network and, where there is one, personal';
`;

const SHIPPED_ALONE = `
  DELETE FROM forecasts WHERE model = 'personal';
  UPDATE forecasts SET medians = medians[1:3] WHERE cardinality(medians) = 4;
  ALTER TABLE forecasts
    DROP CONSTRAINT forecasts_model_check,
    DROP CONSTRAINT forecasts_medians_check,
    ADD CONSTRAINT forecasts_model_check CHECK (model IN ('last-value', 'ridge', 'network')),
    ADD CONSTRAINT forecasts_medians_check CHECK (cardinality(medians) = 3);
  COMMENT ON COLUMN forecasts.medians IS 'tenths of mg/dL after 60 minutes, by last-value, ridge and network';
`;

/** Forecasts may be by a person's own model, and keep what it would have said. */
export class PersonalForecasts1764002300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PERSONAL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(SHIPPED_ALONE);
  }
}
