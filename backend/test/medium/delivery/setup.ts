import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { DeliveryService } from '../../../src/modules/delivery/delivery.service.js';
import type { RuleCode } from '../../../src/domain/alerts/settings.js';
import type { Severity } from '../../../src/domain/alerts/severity.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { withOwnDatabase } from '../../support/own-database.js';

/** An application without a worker on a database of its own: deliveries go out when a test asks for it. */
export function withDelivery(overrides: Readonly<Record<string, string>> = {}) {
  let test: TestApp;
  const own = withOwnDatabase(() => undefined);
  return {
    get test() {
      return test;
    },
    get database() {
      return test.dataSource;
    },
    /** Answers the address of its database. */
    async open(): Promise<string> {
      const url = await own.open();
      test = await createTestApp({ DATABASE_URL: url, WEBHOOK_ALLOW_PRIVATE: 'true', ...overrides });
      return url;
    },
    async close(): Promise<void> {
      await test.close();
      await own.close();
    },
    /** Plans and sends what is due at this moment of the test's clock, with the retries of the next seconds. */
    async deliver(): Promise<void> {
      const delivery = test.app.get(DeliveryService, { strict: false });
      await delivery.sweep();
      await delivery.atRest();
    },
  };
}

interface SoundFields {
  readonly rule?: RuleCode;
  readonly severity?: Severity;
  readonly at?: Date;
}

/** An open alert that was decided to sound. */
export async function newSounding(
  database: DataSource,
  patientId: string,
  { rule = 'low', severity = 'warning', at = new Date() }: SoundFields = {},
): Promise<{ episodeId: string; soundingId: string }> {
  const episodeId = randomUUID();
  const seconds = at.getTime() / 1000;
  const evidence = { samples: [[seconds, 640, 0]], mgdlPerMinute: -1.5, expectedMgdl: null };
  await database.query(
    `INSERT INTO alert_episodes (patient_id, id, rule, severity, onset_at, opened_at, last_at, suspected_compression,
       evidence, detected_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5, $5, false, $6, $5, $5)`,
    [patientId, episodeId, rule, severity, at, JSON.stringify(evidence)],
  );
  return { episodeId, soundingId: await sound(database, patientId, episodeId, severity, at) };
}

export async function sound(
  database: DataSource,
  patientId: string,
  episodeId: string,
  severity: Severity,
  at: Date,
): Promise<string> {
  const id = randomUUID();
  await database.query(
    `INSERT INTO alert_soundings (patient_id, id, episode_id, severity, at, decision, decided_at)
     VALUES ($1, $2, $3, $4, $5, 'sound', $5)`,
    [patientId, id, episodeId, severity, at],
  );
  return id;
}

/** A verified channel, without its set-up. */
export async function newChannel(
  database: DataSource,
  userId: string,
  kind: 'email' | 'web-push' | 'webhook',
  target: object,
  fields: { quietHours?: object[]; timeZone?: string; content?: 'private' | 'full'; verified?: boolean } = {},
): Promise<string> {
  const id = randomUUID();
  await database.query(
    `INSERT INTO alert_channels (id, user_id, kind, label, target, content, quiet_hours, time_zone, created_at, verified_at)
     VALUES ($1, $2, $3, 'Mine', $4, $5, $6, $7, now(), CASE WHEN $8 THEN now() END)`,
    [
      id,
      userId,
      kind,
      JSON.stringify(target),
      fields.content ?? 'private',
      JSON.stringify(fields.quietHours ?? []),
      fields.timeZone ?? 'UTC',
      fields.verified ?? true,
    ],
  );
  return id;
}

/** The timeline of an alert as it would be read aloud. */
export async function timelineOf(database: DataSource, episodeId: string): Promise<string[]> {
  const rows = await database.query<{ kind: string; details: Record<string, unknown> }[]>(
    'SELECT kind, details FROM alert_events WHERE episode_id = $1 ORDER BY id',
    [episodeId],
  );
  return rows.map(({ kind, details }) =>
    [
      kind,
      details['to'] ?? details['channel'],
      details['outcome'] ?? details['reason'] ?? details['why'] ?? details['people'],
    ].join(' '),
  );
}
