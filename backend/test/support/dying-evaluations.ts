import type { DataSource } from 'typeorm';

/** From here on an evaluation of a patient in the table `dying` comes to its end and dies before it is committed, with all who were looked at beside. */
export async function letEvaluationsDie(database: DataSource): Promise<void> {
  await database.query(`
    CREATE TABLE dying (patient_id uuid PRIMARY KEY);
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM dying WHERE patient_id = NEW.patient_id) THEN RAISE 'the process dies here'; END IF;
        RETURN NEW;
      END $$;
    CREATE TRIGGER die BEFORE INSERT OR UPDATE ON alert_state FOR EACH ROW EXECUTE FUNCTION die()`);
}

/** Somebody listens all the time: silence is silence. */
export async function listenAllTheTime(database: DataSource): Promise<void> {
  await database.query(
    `INSERT INTO listening_intervals (id, started_at, last_seen_at) VALUES (gen_random_uuid(), '2000-01-01', '2100-01-01')`,
  );
}
