import * as fc from 'fast-check';
import { Client } from 'pg';
import { EvaluationService } from '../../../src/modules/alerts/evaluation.service.js';
import type { NewReading } from '../../../src/modules/readings/reading.js';
import { ReadingsService } from '../../../src/modules/readings/readings.service.js';
import { newPatient } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { letEvaluationsDie, listenAllTheTime } from '../../support/dying-evaluations.js';
import { withOwnDatabase } from '../../support/own-database.js';
import { simulatedReadings } from '../../unit/alerts/traces.js';

/** Each evaluation judges days anew and asks the network of many samples: on a busy machine that takes its time. */
jest.setTimeout(240_000);

/** Two processes that look at many patients at once. */
let first: TestApp;
let second: TestApp;
const own = withOwnDatabase(() => undefined);

beforeAll(async () => {
  const overrides = { DATABASE_URL: await own.open(), PROCESS_ROLE: 'api' };
  [first, second] = [await createTestApp(overrides), await createTestApp(overrides)];
  await letEvaluationsDie(first.dataSource);
  await listenAllTheTime(first.dataSource);
  for (const { clock } of [first, second]) clock.stopAt(new Date(endsAt));
});
afterAll(async () => {
  await first.close();
  await second.close();
  await own.close();
});

const HOURS = 30;
const PIECES = 15;
const trace: readonly NewReading[] = simulatedReadings('low-adherence', 41, 3)
  .slice(0, HOURS * 12)
  .map(({ instant, tenths }) => ({ at: instant * 1000, tenths, unit: 'mg/dL', kind: 'cgm', censored: null }));
const endsAt = trace.at(-1)?.at ?? 0;

const evaluationOf = ({ app }: TestApp) => app.get(EvaluationService, { strict: false });
const ingest = (patientId: string, rows: readonly NewReading[]) =>
  first.app.get(ReadingsService, { strict: false }).ingest(patientId, 'sensor', rows);
const aNewPatient = async (): Promise<string> => (await newPatient(first.dataSource)).id;

/** The alerts that stand. */
const alertsOf = (patientId: string): Promise<object[]> =>
  first.dataSource.query<object[]>(
    `SELECT rule, severity, opened_at, closed_at, closed_by, onset_at FROM alert_episodes
     WHERE patient_id = $1 AND voided_at IS NULL ORDER BY opened_at, rule`,
    [patientId],
  );

/** How often the timeline and open pages were told that an alert has opened, where that is not once each. */
const toldOtherThanOnce = (patientIds: readonly string[]): Promise<object[]> =>
  first.dataSource.query<object[]>(
    `SELECT e.id, (SELECT count(*)::int FROM alert_events t WHERE t.episode_id = e.id AND t.kind = 'opened') AS noted,
       (SELECT count(*)::int FROM live_events l
         WHERE l.subject ->> 'alertId' = e.id::text AND l.subject -> 'changes' ? 'opened') AS told
     FROM alert_episodes e WHERE e.patient_id = ANY ($1::uuid[])
       AND (1, 1) <> ((SELECT count(*) FROM alert_events t WHERE t.episode_id = e.id AND t.kind = 'opened'),
         (SELECT count(*) FROM live_events l
           WHERE l.subject ->> 'alertId' = e.id::text AND l.subject -> 'changes' ? 'opened'))`,
    [patientIds],
  );

const PATIENTS = 5;

interface Round {
  /** Whom each of three evaluators looks at, by place and in order. */
  readonly groups: readonly (readonly number[])[];
  /** Who cannot be looked at meanwhile. */
  readonly dies: number | null;
}

const aGroup = fc.shuffledSubarray([...Array(PATIENTS).keys()], { minLength: 1 });
const rounds = fc.array(
  fc.record({
    groups: fc.array(aGroup, { minLength: 3, maxLength: 3 }),
    dies: fc.option(fc.nat(PATIENTS - 1), { freq: 3 }),
  }),
  { minLength: 2, maxLength: 4 },
);
/** The round in which each piece of the trace comes, for each patient. */
const arrivals = fc.array(fc.array(fc.nat(), { minLength: PIECES, maxLength: PIECES }), {
  minLength: PATIENTS,
  maxLength: PATIENTS,
});

async function play(ids: readonly string[], round: Round, pieces: readonly NewReading[][]): Promise<void> {
  const dying = round.dies === null ? undefined : ids[round.dies];
  if (dying) await first.dataSource.query('INSERT INTO dying VALUES ($1)', [dying]);
  const evaluators = [first, second, first];
  await Promise.all([
    ...ids.map((id, place) => ingest(id, pieces[place] ?? [])),
    ...round.groups.map((group, index) =>
      evaluationOf(evaluators[index] ?? first).evaluateAll(group.map((place) => ids[place] ?? '')),
    ),
  ]);
  await first.dataSource.query('TRUNCATE dying');
  // A process that died would have noted nothing.
  await first.dataSource.query('DELETE FROM alert_failures');
}

it('finds for each of many what it finds for each alone, and tells it once, whoever else is looked at beside', async () => {
  const alone = await aNewPatient();
  await ingest(alone, trace);
  await evaluationOf(first).evaluateAll([alone]);
  const expected = await alertsOf(alone);
  expect(expected.length).toBeGreaterThan(3);
  await fc.assert(
    fc.asyncProperty(rounds, arrivals, async (all, placed) => {
      const ids: string[] = [];
      for (let place = 0; place < PATIENTS; place++) ids.push(await aNewPatient());
      for (const [index, round] of all.entries()) {
        const pieces = placed.map((places) =>
          places.flatMap((place, piece) =>
            place % all.length === index
              ? trace.slice((piece * trace.length) / PIECES, ((piece + 1) * trace.length) / PIECES)
              : [],
          ),
        );
        await play(ids, round, pieces);
      }
      await evaluationOf(second).sweep();
      expect(await Promise.all(ids.map((id) => alertsOf(id)))).toEqual(ids.map(() => expected));
      expect(await toldOtherThanOnce(ids)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

/** What one connection was asked from the claim of the patients to the end of its transaction. */
function statementsOfEvaluation({ calls, contexts }: jest.MockContext<unknown, unknown[]>): number {
  const isClaim = ([query]: unknown[]) => (query as { name?: string }).name === 'claim-due-patients';
  const claim = calls.findIndex(isClaim);
  const own = calls.filter((_, index) => index >= claim && contexts[index] === contexts[claim]);
  const end = own.findIndex(([query]) => query === 'COMMIT');
  expect([claim >= 0, end >= 0, calls.filter(isClaim).length]).toEqual([true, true, 1]);
  return end + 1;
}

it('asks the database no more often for twenty patients than for one', async () => {
  const calls = jest.spyOn(Client.prototype, 'query');
  const statementsFor = async (count: number): Promise<number> => {
    const ids: string[] = [];
    for (let i = 0; i < count; i++) ids.push(await aNewPatient());
    for (const id of ids) await ingest(id, trace);
    calls.mockClear();
    await evaluationOf(first).evaluateAll(ids);
    const asked = statementsOfEvaluation(calls.mock as unknown as jest.MockContext<unknown, unknown[]>);
    expect(await alertsOf(ids.at(-1) ?? '')).not.toEqual([]);
    return asked;
  };
  const forOne = await statementsFor(1);
  expect(await statementsFor(20)).toBeLessThanOrEqual(forOne);
  expect(forOne).toBeLessThan(16);
  calls.mockRestore();
});
