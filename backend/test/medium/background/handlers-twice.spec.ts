import { randomUUID } from 'node:crypto';
import { AlertsProcessor } from '../../../src/modules/background/processors/alerts.processor.js';
import { DeliveriesProcessor } from '../../../src/modules/background/processors/deliveries.processor.js';
import { ImportsProcessor } from '../../../src/modules/background/processors/imports.processor.js';
import { MaintenanceProcessor } from '../../../src/modules/background/processors/maintenance.processor.js';
import { MlProcessor } from '../../../src/modules/background/processors/ml.processor.js';
import { JOB_NAMES, type JobName, type JobPayload, JOBS } from '../../../src/modules/background/queue/jobs.js';
import { AuditService } from '../../../src/modules/audit/audit.service.js';
import { DemoSeedService } from '../../../src/modules/demo/demo-seed.service.js';
import { LiveEvents } from '../../../src/modules/live/live-events.js';
import { DeliveryService } from '../../../src/modules/delivery/delivery.service.js';
import { SoundBell } from '../../../src/modules/alerts/sound-bell.js';
import { DueBell } from '../../../src/modules/readings/due-bell.js';
import { newPatientUser } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { startReceiver } from '../../support/hostile-receiver.js';
import { withOwnDatabase } from '../../support/own-database.js';
import { clarityExport } from '../imports/setup.js';

jest.setTimeout(180_000);

/** The handlers of a worker, without its workers: nothing runs here but what the test asks for. */
let test: TestApp;
let watcher: Awaited<ReturnType<typeof startReceiver>>;
const own = withOwnDatabase(() => undefined);
const handlers: Record<string, (payload: unknown) => Promise<void>> = {};

beforeAll(async () => {
  const url = await own.open();
  watcher = await startReceiver();
  test = await createTestApp({ DATABASE_URL: url, PROCESS_ROLE: 'worker', HEARTBEAT_URL: watcher.url });
  // They gather what arrives and speak a little later, when the next case has begun.
  for (const bell of [DueBell, SoundBell])
    test.app.get<DueBell | SoundBell>(bell, { strict: false }).ring = () => undefined;
  for (const processor of [AlertsProcessor, DeliveriesProcessor, ImportsProcessor, MaintenanceProcessor, MlProcessor]) {
    const found = test.app.get(processor, { strict: false });
    await found.worker.close(true);
    Object.assign(handlers, found.handlers);
  }
});
afterAll(async () => {
  await test.close();
  await watcher.close();
  await own.close();
});

/** Every row of every table of the product. */
async function everything(): Promise<Record<string, string>> {
  const tables = await test.dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await test.dataSource.query<{ hash: string }[]>(
      `SELECT coalesce(md5(string_agg(t::text, ';' ORDER BY t::text)), '') AS hash FROM "${name}" t`,
    );
    contents[name] = row?.hash ?? '';
  }
  return contents;
}

/** What there is to do for each job, and the table that shows it done; `null` where it only asks for other jobs. */
const CASES: { readonly [N in JobName]: { prepare: () => Promise<JobPayload<N>>; changes: string | null } } = {
  'imports.run': { prepare: async () => ({ importId: (await upload()).id }), changes: 'glucose_readings' },
  'imports.resume': {
    prepare: async () => {
      await upload();
      test.clock.advance(120_000);
      return {};
    },
    changes: null,
  },
  'demo.feed': {
    prepare: async () => {
      await test.app.get(DemoSeedService, { strict: false }).seed({ patients: 2 });
      test.clock.advance(3_600_000);
      return {};
    },
    changes: 'demo_simulations',
  },
  'audit.seal': {
    prepare: async () => {
      const { id, patientId } = await newPatientUser(test.dataSource);
      const look = { actorUserId: id, patientIds: [patientId], action: 'GET /patients/{patientId}' };
      await test.app.get(AuditService, { strict: false }).record({ ...look, requestId: randomUUID() });
      return {};
    },
    changes: 'audit_seals',
  },
  'ml.run': { prepare: async () => ({ runId: await question() }), changes: 'ml_runs' },
  'ml.run-at-night': { prepare: async () => ({ runId: await question() }), changes: 'ml_runs' },
  'ml.resume': {
    prepare: async () => {
      await question();
      test.clock.advance(120_000);
      return {};
    },
    changes: null,
  },
  'forecasts.issue': {
    prepare: async () => {
      const { bearer } = await newPatientUser(test.dataSource);
      const now = test.clock.now().getTime();
      const readings = Array.from({ length: 40 }, (_, i) => ({
        measuredAt: new Date(now - (39 - i) * 300_000).toISOString(),
        value: 120,
        unit: 'mg/dL',
      }));
      await test.http.post('/api/v1/patients/me/readings').set('authorization', bearer).send({ readings }).expect(200);
      return {};
    },
    changes: 'forecasts',
  },
  'nights.begin': { prepare: async () => ({}), changes: null },
  'nights.close': {
    prepare: async () => {
      const { id, patientId } = await upload();
      await handlers['imports.run']?.({ importId: id });
      return { patientIds: [patientId] };
    },
    changes: 'patient_nights',
  },
  'live.forget': {
    prepare: async () => {
      const { patientId } = await newPatientUser(test.dataSource);
      const event = { kind: 'reading', patientId, measuredAt: test.clock.now().toISOString() } as const;
      const live = test.app.get(LiveEvents, { strict: false });
      await live.tell([event]);
      test.clock.advance(25 * 3_600_000);
      await live.tell([event]);
      return {};
    },
    changes: 'live_events',
  },
  'alerts.evaluate': { prepare: async () => ({ patientIds: [await lowPatient()] }), changes: 'alert_episodes' },
  'alerts.sweep': {
    prepare: async () => {
      await lowPatient();
      return {};
    },
    changes: 'alert_episodes',
  },
  'alerts.deliver': {
    prepare: async () => {
      await handlers['alerts.evaluate']?.({ patientIds: [await lowPatient()] });
      return {};
    },
    changes: 'alert_plans',
  },
  'alerts.heartbeat': {
    prepare: async () => {
      await test.dataSource.query(
        'INSERT INTO listening_intervals (id, started_at, last_seen_at) VALUES ($1, $2, $2)',
        [randomUUID(), test.clock.now()],
      );
      await run('alerts.sweep', {});
      await run('alerts.deliver', {});
      return {};
    },
    changes: 'alert_runs',
  },
};

/** Somebody who has just reported a low. */
async function lowPatient(): Promise<string> {
  const { bearer, patientId } = await newPatientUser(test.dataSource);
  const reading = { measuredAt: test.clock.now().toISOString(), value: 50, unit: 'mg/dL' };
  await test.http.post('/api/v1/patients/me/readings').set('authorization', bearer).send(reading).expect(201);
  return patientId;
}

/** Something that is asked of a record. */
async function question(): Promise<string> {
  const { bearer } = await newPatientUser(test.dataSource);
  const asked = { patientId: 'me', algorithm: 'rules' };
  const { body } = await test.http.post('/api/v1/ml/runs').set('authorization', bearer).send(asked).expect(202);
  return body.id;
}

async function upload(): Promise<{ id: string; patientId: string }> {
  const { bearer, patientId } = await newPatientUser(test.dataSource);
  const { body } = await test.http
    .post('/api/v1/patients/me/imports')
    .set('authorization', bearer)
    .attach('file', Buffer.from(clarityExport(500)), 'export.csv')
    .expect(202);
  return { id: body.id, patientId };
}

/** Sending goes on after its job. */
async function run(name: JobName, payload: unknown): Promise<void> {
  await handlers[name]?.(payload);
  await test.app.get(DeliveryService, { strict: false }).atRest();
}

it.each(JOB_NAMES)('%s may run twice: the second time changes nothing', async (name) => {
  const { prepare, changes } = CASES[name];
  const payload = JOBS[name].payload.parse(await prepare());
  test.clock.stopAt(test.clock.now());
  const before = await everything();
  await run(name, payload);
  const once = await everything();
  if (changes !== null) expect(once[changes]).not.toBe(before[changes]);
  await run(name, payload);
  expect(await everything()).toEqual(once);
});
