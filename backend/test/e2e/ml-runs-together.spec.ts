import { RunRunner } from '../../src/modules/ml/run-runner.js';
import { newGrant, newPatientUser } from '../factories/patients.js';
import { newUser } from '../factories/people.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asking } from './ml-runs.record.js';

jest.setTimeout(120_000);

let on: TestApp;
// Nothing here takes up a run by itself: it is under way for as long as the test wants it to be.
beforeAll(async () => {
  on = await createTestApp({ PROCESS_ROLE: 'api' });
});
afterAll(() => on.close());

const { ask, get } = asking(() => on);

const LOOKED_FOR = ['patterns', 'risk', 'influences', 'rules', 'pcmci', 'matrix-profile'];

async function personAndDoctor() {
  const person = await newPatientUser(on.dataSource);
  const doctor = await newUser(on.dataSource);
  await newGrant(on.dataSource, person.patientId, doctor.id);
  return { person, doctor };
}

it('lets the second who asks wait for what the first has asked, and shows both how far it is', async () => {
  const { person, doctor } = await personAndDoctor();
  const idsOf = async (bearer: string) => {
    const answers = await Promise.all(
      LOOKED_FOR.map((algorithm) => ask(bearer, { patientId: person.patientId, algorithm }).expect(202)),
    );
    return answers.map(({ body }) => body.id as string);
  };
  const [first, second] = await Promise.all([idsOf(person.bearer), idsOf(doctor.bearer)]);
  expect(new Set(first).size).toBe(LOOKED_FOR.length);
  expect(second).toEqual(first);
  // A moment later as well, and any number of times: nothing of it counts against what may wait.
  on.clock.stopAt(new Date(Date.now() + 60_000).toISOString());
  expect(await idsOf(doctor.bearer)).toEqual(first);
  on.clock.run();

  const risk = first[LOOKED_FOR.indexOf('risk')]!;
  await on.dataSource.query(`UPDATE ml_runs SET status = 'running', progress = 0.4 WHERE id = $1`, [risk]);
  for (const { bearer } of [person, doctor]) {
    const { body } = await get(bearer, `patients/${person.patientId}/findings`).expect(200);
    expect(body.underWay).toHaveLength(LOOKED_FOR.length);
    expect(body.underWay).toContainEqual(expect.objectContaining({ id: risk, progress: 0.4 }));
  }
  await on.app.get(RunRunner, { strict: false }).run(risk);
  const [own, theirs] = await Promise.all([person, doctor].map(({ bearer }) => get(bearer, `ml/runs/${risk}`)));
  expect(own?.body).toMatchObject({ status: 'done', result: { status: 'too-little-data' } });
  expect(theirs?.body).toEqual(own?.body);

  // What has been answered is asked anew.
  const again = await ask(doctor.bearer, { patientId: person.patientId, algorithm: 'risk' }).expect(202);
  expect(again.body.id).not.toBe(risk);
});

it('takes another window, other parameters and another record for other questions', async () => {
  const { person } = await personAndDoctor();
  const other = await newPatientUser(on.dataSource);
  const idOf = async (question: object, bearer = person.bearer): Promise<string> =>
    (await ask(bearer, { patientId: 'me', algorithm: 'patterns', ...question }).expect(202)).body.id;
  const [from, to, later] = ['2026-03-01', '2026-04-01', '2026-04-02'].map((day) => `${day}T00:00:00.000Z`);
  const ids = [
    await idOf({}),
    await idOf({}, other.bearer),
    await idOf({ parameters: { falseDiscoveryRate: 0.1 } }),
    await idOf({ algorithm: 'risk' }),
    await idOf({ from, to }),
    await idOf({ from, to: later }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(await idOf({ from, to })).toBe(ids[4]);
  // The default, said aloud.
  expect(await idOf({ parameters: { falseDiscoveryRate: 0.05 } })).toBe(ids[0]);
});

it('does not take the work of the night, which is about whole days, for what somebody asks now', async () => {
  const { person } = await personAndDoctor();
  const [night] = await on.dataSource.query<{ id: string }[]>(
    `INSERT INTO ml_runs (patient_id, id, created_at, algorithm, parameters, window_from, window_to, status)
     VALUES ($1, gen_random_uuid(), now(), 'risk', '{}', now() - interval '90 days', now(), 'queued') RETURNING id`,
    [person.patientId],
  );
  const { body } = await ask(person.bearer, { patientId: 'me', algorithm: 'risk' }).expect(202);
  expect(body.id).not.toBe(night?.id);
});
