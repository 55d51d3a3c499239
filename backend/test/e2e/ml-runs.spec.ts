import { MlTraces } from '../../src/modules/ml/ml.schemas.js';
import { RunRunner } from '../../src/modules/ml/run-runner.js';
import { NightsService } from '../../src/modules/nights/nights.service.js';
import { newClinic, newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asking, FROM, MINUTE, STRANGE, TO } from './ml-runs.record.js';

jest.setTimeout(120_000);

let on: TestApp;
beforeAll(async () => {
  on = await createTestApp({ PROCESS_ROLE: 'all' });
});
afterAll(() => on.close());

const DAY = 1_440 * MINUTE;

const { ask, get, settled, fortyDays } = asking(() => on);

it('answers what was asked of a record, with what the answer rests on', async () => {
  const { clinician, patient } = await newClinic(on.dataSource);
  await fortyDays(clinician.bearer, patient.id);
  const question = { patientId: patient.id, algorithm: 'matrix-profile', from: FROM, to: TO };
  const { body: accepted } = await ask(clinician.bearer, question).expect(202);
  const run = await settled(clinician.bearer, accepted.id);

  expect(run).toMatchObject({
    id: accepted.id,
    patientId: patient.id,
    status: 'done',
    progress: 1,
    supersededBy: null,
  });
  expect(run.meta).toEqual({
    algorithm: 'matrix-profile',
    version: '1',
    parameters: { windowMinutes: 1440, maxMotifs: 3, maxPlaces: 5, maxDiscords: 3 },
    seed: null,
    window: { from: FROM, to: TO },
    coverage: { activePercent: 100, readings: 3840, doses: 0, meals: 0, activities: 0, sleep: 0 },
  });
  expect(run.timing.finishedAt >= run.timing.startedAt).toBe(true);
  const [strangest] = run.result.strangeLevels;
  expect(strangest.from.slice(0, 10) === STRANGE || strangest.until.slice(0, 10) === STRANGE).toBe(true);
  expect(strangest.levelMgdl).toBeGreaterThan(250);
  const { body: traces } = await get(clinician.bearer, `ml/runs/${accepted.id}/traces`).expect(200);
  MlTraces.parse(traces);
  const drawn = traces.items.find(({ from }: { from: string }) => from === strangest.from);
  expect(drawn).toMatchObject({ until: strangest.until, stepMinutes: 15 });
  expect(drawn.mgdl).toHaveLength(96);
  expect(Math.min(...drawn.mgdl)).toBeCloseTo(strangest.lowestMgdl, 1);
  expect(traces.items.map(({ from }: { from: string }) => from)).toEqual(
    expect.arrayContaining([
      strangest.nearest.from,
      ...run.result.motifs[0].places.map((one: { from: string }) => one.from),
    ]),
  );
  const { bearer: stranger } = await newPatientUser(on.dataSource);
  await get(stranger, `ml/runs/${accepted.id}/traces`).expect(404);
  const { body: findings } = await get(clinician.bearer, `patients/${patient.id}/findings`).expect(200);
  expect(findings).toEqual({ items: [run], underWay: [], unanswered: [] });
});

it('gives the same bytes to the same question, and keeps the newest of its answers', async () => {
  const { clinician, patient } = await newClinic(on.dataSource);
  await fortyDays(clinician.bearer, patient.id);
  const question = { patientId: patient.id, algorithm: 'pcmci', from: FROM, to: TO, parameters: { grid: 'hourly' } };
  const stored = async (id: string) => {
    await settled(clinician.bearer, id);
    const [row] = await on.dataSource.query('SELECT result, meta FROM ml_runs WHERE id = $1', [id]);
    return row;
  };
  const { body: first } = await ask(clinician.bearer, question).expect(202);
  const before = await stored(first.id);
  const { body: second } = await ask(clinician.bearer, question).expect(202);
  expect(await stored(second.id)).toEqual(before);
  expect(before.result).not.toBeNull();

  const superseded = await get(clinician.bearer, `ml/runs/${first.id}`).expect(200);
  expect(superseded.body).toMatchObject({ status: 'superseded', supersededBy: second.id, result: null, meta: null });
  const other = { ...question, parameters: { grid: 'daily' } };
  await settled(clinician.bearer, (await ask(clinician.bearer, other).expect(202)).body.id);
  expect((await get(clinician.bearer, `ml/runs/${second.id}`).expect(200)).body.status).toBe('done');
});

it('tells which patterns a record shows, which it does not, and which it cannot show', async () => {
  const { clinician, patient } = await newClinic(on.dataSource);
  await fortyDays(clinician.bearer, patient.id);
  // The rises of this record peak at 8:00, 13:00 and 19:00: eaten an hour before.
  const records = Array.from({ length: 120 }, (_, index) => ({
    clientId: `meal-${index}`,
    startsAt: new Date(Date.parse(FROM) + Math.floor(index / 3) * DAY + [7, 12, 18][index % 3]! * 60 * MINUTE),
    carbsGrams: 50,
  }));
  await on.http
    .post(`/api/v1/patients/${patient.id}/records/meals`)
    .set('authorization', clinician.bearer)
    .send({ records })
    .expect(200);
  const question = { patientId: patient.id, algorithm: 'patterns', from: FROM, to: TO };
  const { body } = await ask(clinician.bearer, question).expect(202);
  const { result } = await settled(clinician.bearer, body.id);

  expect(result.found.map(({ kind, part }: { kind: string; part: string }) => `${kind} ${part}`)).toContain(
    'after-meal-rise dinner',
  );
  const dinner = result.found.find(({ part }: { part: string }) => part === 'dinner');
  expect(dinner.text).toMatch(/^After 25 of 39 dinners glucose went above \{level:180\} within/);
  expect(dinner.isNot).toContain('not told why');
  expect(dinner.seen.newest).toHaveLength(10);
  // Every third dinner peaks at 180 and no higher, and the strange day was high before it.
  expect(dinner.seen.newest.at(-1)).toEqual({ day: '2026-04-08', at: '2026-04-08T18:00:00.000Z' });
  expect(result.unanswered).toContainEqual({
    kind: 'missed-bolus',
    part: null,
    missing: '0 days of glucose with a noted bolus, 14 are needed',
  });
  expect(result.notFound.map(({ kind }: { kind: string }) => kind)).toContain('lows-by-clock');
  expect(result.caution).toContain('no advice on any dose');
  const { body: findings } = await get(clinician.bearer, `patients/${patient.id}/findings`).expect(200);
  expect(findings.items[0].result).toEqual(result);
});

it('says what is missing where there is too little', async () => {
  const { bearer } = await newPatientUser(on.dataSource);
  for (const [algorithm, missing] of [
    ['matrix-profile', '0 days of windows without a gap, 7 are needed'],
    ['influences', '0 days of glucose, 30 are needed'],
    ['rules', '0 days with glucose, about 50 are needed'],
    ['patterns', '0 days of glucose, 14 are needed'],
    ['risk', '0 measured days in the last 28, 14 are needed'],
    ['forecast', '0 forecasts of the last 14 days can be judged, 48 are needed'],
  ]) {
    const { body } = await ask(bearer, { patientId: 'me', algorithm }).expect(202);
    const run = await settled(bearer, body.id);
    expect(run).toMatchObject({ status: 'done', result: { status: 'too-little-data' } });
    expect(run.result.missing).toContain(missing);
  }
});

it.each([
  ['an algorithm that there is not', { algorithm: 'astrology' }, 'algorithm'],
  ['a parameter that there is not', { algorithm: 'rules', parameters: { lucky: 7 } }, 'parameters'],
  ['a parameter out of its range', { algorithm: 'pcmci', parameters: { maxLag: 99 } }, 'parameters.maxLag'],
  ['a window that ends before it begins', { algorithm: 'rules', from: TO, to: FROM }, 'to'],
  ['a window that has not been', { algorithm: 'rules', to: '9000-01-01T00:00:00Z' }, 'to'],
  ['a window of years', { algorithm: 'rules', from: '2020-01-01T00:00:00Z', to: TO }, 'from'],
])('refuses %s, and names it', async (_, question, path) => {
  const { bearer } = await newPatientUser(on.dataSource);
  const { body } = await ask(bearer, { patientId: 'me', ...question }).expect(422);
  expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
});

it('forgets what nobody wants any more', async () => {
  const { bearer, patientId } = await newPatientUser(on.dataSource);
  const [{ id }] = await on.dataSource.query(
    `INSERT INTO ml_runs (patient_id, id, created_at, algorithm, parameters, window_from, window_to, status)
     VALUES ($1, gen_random_uuid(), now(), 'rules', '{}', $2, $3, 'running') RETURNING id`,
    [patientId, FROM, TO],
  );
  const cancel = () => on.http.post(`/api/v1/ml/runs/${id}/cancel`).set('authorization', bearer);
  expect((await cancel().expect(200)).body).toMatchObject({ status: 'cancelled', result: null });
  await cancel().expect(409);
  const { body } = await get(bearer, `patients/${patientId}/findings`).expect(200);
  expect(body).toMatchObject({ items: [], underWay: [], unanswered: [{ id, status: 'cancelled' }] });
});

it('tells what failed until it is answered, beside the answer that there was before', async () => {
  const { bearer, patientId } = await newPatientUser(on.dataSource);
  const question = { patientId: 'me', algorithm: 'rules', from: FROM, to: TO };
  const { body: first } = await ask(bearer, question).expect(202);
  await settled(bearer, first.id);
  const [{ id }] = await on.dataSource.query(
    `INSERT INTO ml_runs (patient_id, id, created_at, algorithm, parameters, window_from, window_to, status)
     VALUES ($1, gen_random_uuid(), now(), 'rules', '{}', $2, $3, 'queued') RETURNING id`,
    [patientId, FROM, TO],
  );
  await on.app.get(RunRunner, { strict: false }).giveUp(id);
  const findings = async () => (await get(bearer, `patients/${patientId}/findings`).expect(200)).body;
  expect(await findings()).toMatchObject({
    items: [{ id: first.id }],
    unanswered: [{ id, status: 'failed', result: null }],
  });

  const { body: second } = await ask(bearer, question).expect(202);
  await settled(bearer, second.id);
  expect(await findings()).toMatchObject({ items: [{ id: second.id }], unanswered: [] });
});

it('takes no more questions of a record than can be answered soon', async () => {
  const { bearer, id, patientId } = await newPatientUser(on.dataSource);
  await on.dataSource.query(
    `INSERT INTO ml_runs (patient_id, id, created_by, created_at, algorithm, parameters, window_from, window_to, status)
     SELECT $1, gen_random_uuid(), $4, now(), 'rules', '{}', $2, $3, 'queued' FROM generate_series(1, 10)`,
    [patientId, FROM, TO, id],
  );
  await ask(bearer, { patientId: 'me', algorithm: 'rules' }).expect(429);
});

it('tells of lows to come on the panel what the night found, and nothing of what people ask', async () => {
  const { clinician, patient } = await newClinic(on.dataSource);
  // Every third night has an hour at 60 mg/dL.
  const readings = Array.from({ length: 28 * 96 }, (_, index) => ({
    measuredAt: new Date(Date.parse(TO) - (index + 1) * 15 * MINUTE).toISOString(),
    value: Math.floor(index / 96) % 3 === 0 && index % 96 < 6 ? 60 : 130 + (index % 40),
    unit: 'mg/dL',
  }));
  const to = `/api/v1/patients/${patient.id}/readings`;
  await on.http.post(to).set('authorization', clinician.bearer).send({ readings }).expect(200);
  on.clock.stopAt('2026-04-10T15:00:00Z');
  const hint = async () => (await get(clinician.bearer, 'patients').expect(200)).body.items[0].lowRisk;
  const asked = await ask(clinician.bearer, { patientId: patient.id, algorithm: 'risk' }).expect(202);
  const { result } = await settled(clinician.bearer, asked.body.id);
  expect(await hint()).toEqual({ unavailable: 'not-asked' });

  await on.app.get(NightsService, { strict: false }).close([patient.id]);
  for (let attempt = 0; attempt < 300 && 'unavailable' in (await hint()); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { chance, ...when } = await hint();
  expect(when).toEqual({ firstDay: '2026-04-10', computedAt: '2026-04-10T15:00:00.000Z' });
  expect(chance).toBeCloseTo(result.risks.find(({ name }: { name: string }) => name === 'below70').chance, 5);
  on.clock.stopAt('2026-04-12T01:00:00Z');
  expect(await hint()).toEqual({ unavailable: 'stale' });
  on.clock.run();
});

it('asks of itself at night, each night once, about whole days of the patient', async () => {
  const { clinician, patient } = await newClinic(on.dataSource, { timeZone: 'America/New_York' });
  await fortyDays(clinician.bearer, patient.id);
  on.clock.stopAt('2026-04-10T15:00:00Z');
  const nights = on.app.get(NightsService, { strict: false });
  await nights.close([patient.id]);
  const runs = () =>
    on.dataSource.query(
      `SELECT algorithm, created_by, window_from, window_to FROM ml_runs WHERE patient_id = $1 ORDER BY algorithm`,
      [patient.id],
    );
  const asked = await runs();
  expect(asked.map(({ algorithm }: { algorithm: string }) => algorithm)).toEqual([
    'forecast',
    'influences',
    'matrix-profile',
    'patterns',
    'pcmci',
    'risk',
    'rules',
  ]);
  // Midnight in New York, in summer time.
  for (const { window_from, window_to, created_by } of asked) {
    expect([window_to.toISOString(), created_by]).toEqual(['2026-04-10T04:00:00.000Z', null]);
    expect(window_to - window_from).toBe(90 * DAY);
  }
  await on.dataSource.query('DELETE FROM patient_nights WHERE patient_id = $1', [patient.id]);
  await nights.close([patient.id]);
  expect(await runs()).toEqual(asked);
  on.clock.run();
});
