import * as fc from 'fast-check';
import { EvaluationService } from '../../../src/modules/alerts/evaluation.service.js';
import { PatientIngestRepository } from '../../../src/modules/readings/patient-ingest.repository.js';
import type { NewReading } from '../../../src/modules/readings/reading.js';
import { ReadingsService } from '../../../src/modules/readings/readings.service.js';
import { newPatient } from '../../factories/patients.js';
import { newUser } from '../../factories/people.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { letEvaluationsDie, listenAllTheTime } from '../../support/dying-evaluations.js';
import { withOwnDatabase } from '../../support/own-database.js';
import { simulatedReadings } from '../../unit/alerts/traces.js';

/** Two processes that look at the same patients. */
let first: TestApp;
let second: TestApp;
let changedBy: string;
const own = withOwnDatabase(() => undefined);

beforeAll(async () => {
  const overrides = { DATABASE_URL: await own.open(), PROCESS_ROLE: 'api' };
  [first, second] = [await createTestApp(overrides), await createTestApp(overrides)];
  await letEvaluationsDie(first.dataSource);
  await listenAllTheTime(first.dataSource);
  changedBy = (await newUser(first.dataSource)).id;
});
afterAll(async () => {
  await first.close();
  await second.close();
  await own.close();
});

const HOURS = 40;
const trace: readonly NewReading[] = simulatedReadings('low-adherence', 41, 3)
  .slice(0, HOURS * 12)
  .map(({ instant, tenths }) => ({ at: instant * 1000, tenths, unit: 'mg/dL', kind: 'cgm', censored: null }));
const beginsAt = trace[0]?.at ?? 0;
const endsAt = trace.at(-1)?.at ?? 0;

const evaluationOf = ({ app }: TestApp) => app.get(EvaluationService, { strict: false });
const ingest = (patientId: string, rows: readonly NewReading[]) =>
  first.app.get(ReadingsService, { strict: false }).ingest(patientId, 'sensor', rows);

async function changeSettings(patientId: string, { at, lowBelow }: SettingsChange): Promise<void> {
  const override = { low: { threshold: { mgdlTenths: lowBelow * 10, mmolTenths: Math.round(lowBelow / 1.8) } } };
  await first.dataSource.transaction(async (manager) => {
    const repository = first.app.get(PatientIngestRepository, { strict: false });
    await repository.lock(manager, patientId);
    await manager.query(
      `INSERT INTO alert_settings (patient_id, effective_from, override, schedules, changed_by)
       VALUES ($1, $2, $3, '[]', $4) ON CONFLICT (patient_id, effective_from) DO NOTHING`,
      [patientId, new Date(at), JSON.stringify(override), changedBy],
    );
    await repository.markChanged(manager, patientId, first.clock.now());
  });
}

async function evaluateAndDie(patientId: string): Promise<void> {
  await first.dataSource.query('INSERT INTO dying VALUES ($1)', [patientId]);
  await evaluationOf(first)
    .evaluateAll([patientId])
    .catch(() => undefined);
  await first.dataSource.query('DELETE FROM dying WHERE patient_id = $1', [patientId]);
  // A process that died would have noted nothing.
  await first.dataSource.query('DELETE FROM alert_failures WHERE patient_id = $1', [patientId]);
}

interface SettingsChange {
  readonly at: number;
  readonly lowBelow: number;
}

interface Step {
  readonly does: 'nothing' | 'evaluate' | 'race' | 'die';
  readonly minutes: number;
  readonly settings: SettingsChange | null;
}

const aChange = fc.record({
  at: fc.integer({ min: 0, max: HOURS * 60 }).map((minute) => beginsAt + minute * 60_000),
  lowBelow: fc.constantFrom(65, 75, 80),
});
const aStep: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom('nothing', 'evaluate', 'race', 'die'),
  minutes: fc.constantFrom(0, 1, 7, 35),
  settings: fc.option(aChange, { freq: 5 }),
});
const steps = fc.array(aStep, { minLength: 2, maxLength: 7 });
/** The batch in which a piece of the trace comes; a second one where it is sent twice. */
const pieces = fc.array(fc.tuple(fc.nat(), fc.option(fc.nat(), { freq: 6 })), { minLength: 20, maxLength: 20 });

/** Every row of the trace in one batch or two; pieces of two hours keep together, in any order. */
function batchesOf(count: number, placed: readonly (readonly [number, number | null])[]): NewReading[][] {
  const batches: NewReading[][] = Array.from({ length: count }, () => []);
  for (const [index, [place, again]] of placed.entries()) {
    const piece = trace.slice(index * 24, (index + 1) * 24);
    batches[place % count]?.push(...piece);
    if (again !== null) batches[again % count]?.push(...piece.toReversed());
  }
  return batches;
}

const aNewPatient = async (): Promise<string> => (await newPatient(first.dataSource)).id;
const stopClocksAt = (instant: number): void => [first, second].forEach(({ clock }) => clock.stopAt(new Date(instant)));

async function play(patientId: string, all: readonly Step[], batches: readonly NewReading[][]): Promise<void> {
  let now = endsAt;
  for (const [index, { does, minutes, settings }] of all.entries()) {
    now += minutes * 60_000;
    stopClocksAt(now);
    const batch = batches[index] ?? [];
    const evaluate = (app: TestApp) => evaluationOf(app).evaluateAll([patientId]);
    const change = () => (settings ? changeSettings(patientId, settings) : Promise.resolve());
    if (does === 'race') {
      await Promise.all([ingest(patientId, batch), evaluate(first), change(), evaluate(second), evaluate(first)]);
      continue;
    }
    await ingest(patientId, batch);
    await change();
    if (does === 'evaluate') await evaluate(second);
    if (does === 'die') await evaluateAndDie(patientId);
  }
  await evaluationOf(second).sweep();
}

/** The alerts that stand. */
async function alertsOf(patientId: string): Promise<object[]> {
  return first.dataSource.query<object[]>(
    `SELECT rule, severity, opened_at, closed_at, closed_by, onset_at FROM alert_episodes
     WHERE patient_id = $1 AND voided_at IS NULL ORDER BY opened_at, rule`,
    [patientId],
  );
}

it('stores the same alerts whatever came when, who looked when, and who died over it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, pieces, async (all, placed) => {
      const patientId = await aNewPatient();
      await play(patientId, all, batchesOf(all.length, placed));

      const atOnce = await aNewPatient();
      for (const { settings } of all) if (settings) await changeSettings(atOnce, settings);
      await ingest(atOnce, trace);
      await evaluationOf(first).evaluateAll([atOnce]);
      const expected = await alertsOf(atOnce);
      expect(expected.length).toBeGreaterThan(3);
      expect(await alertsOf(patientId)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

it('looks at everybody else where one patient cannot be looked at', async () => {
  stopClocksAt(endsAt);
  const patientIds = [];
  for (let i = 0; i < 8; i++) patientIds.push(await aNewPatient());
  for (const patientId of patientIds) await ingest(patientId, trace);
  await first.dataSource.query('INSERT INTO dying VALUES ($1)', [patientIds[0]]);
  await evaluationOf(first).evaluateAll(patientIds);
  await first.dataSource.query('TRUNCATE dying');
  const found = await Promise.all(patientIds.map((patientId) => alertsOf(patientId)));
  expect(found.map((alerts) => alerts.length > 0)).toEqual([false, ...Array.from({ length: 7 }, () => true)]);
});
