import { EvaluationService } from '../../src/modules/alerts/evaluation.service.js';
import { newPatientUser } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { withOwnDatabase } from '../support/own-database.js';

/** An API without a worker: alerts are looked at when a test asks for it. */
let test: TestApp;
const own = withOwnDatabase(() => undefined);

beforeAll(async () => {
  test = await createTestApp({ DATABASE_URL: await own.open(), PROCESS_ROLE: 'api' });
  // Another process has been listening for two days and goes on, however the clock of these tests is moved between two
  // signs of life of this one.
  await test.dataSource.query(
    `INSERT INTO listening_intervals VALUES (gen_random_uuid(), now() - interval '2 days', now() + interval '2 days')`,
  );
});
afterAll(async () => {
  await test.close();
  await own.close();
});

const now = (): number => test.clock.now().getTime();
const pass = (minutes: number) => test.clock.advance(minutes * 60_000);

/** Somebody whose uploader has just brought half an hour of readings. */
async function newUpload() {
  pass(0);
  const { bearer } = await newPatientUser(test.dataSource);
  const end = now();
  const rows = [25, 20, 15, 10, 5, 0].map((ago) => reading(end - ago * 60_000));
  const post = (body: object) => test.http.post('/api/v1/patients/me/readings').set('authorization', bearer).send(body);
  const get = (path: string) => test.http.get(`/api/v1/patients/me/${path}`).set('authorization', bearer).expect(200);
  await post({ readings: rows }).expect(200);
  const ago = async () => {
    const { uploader, lastReading } = (await get('overview')).body;
    return [uploader.ageMinutes, lastReading.ageMinutes];
  };
  return { rows, post, look: () => lookAt(bearer), ago, timelineOf: (id: string) => timelineOf(bearer, id) };
}

async function lookAt(bearer: string) {
  await test.app.get(EvaluationService, { strict: false }).sweep();
  const { body } = await test.http.get('/api/v1/patients/me/alerts').set('authorization', bearer).expect(200);
  return body.items.find(({ rule }: { rule: string }) => rule === 'no-data');
}

const reading = (at: number) => ({ measuredAt: new Date(at).toISOString(), value: 118, unit: 'mg/dL' });

async function timelineOf(bearer: string, id: string) {
  const { body } = await test.http.get(`/api/v1/alerts/${id}`).set('authorization', bearer).expect(200);
  return body.timeline
    .filter(({ kind }: { kind: string }) => kind === 'opened' || kind === 'silence-judged')
    .map(({ kind, details }: { kind: string; details: { silent: string } }) => [kind, details.silent]);
}

it('says that the uploader is silent where nothing at all is heard', async () => {
  const { look, ago, timelineOf: timeline } = await newUpload();
  pass(31);
  const alert = await look();
  expect(alert.evidence.uploader).toMatchObject({ silent: 'uploader' });
  expect(now() - Date.parse(alert.evidence.uploader.heardAt)).toBeCloseTo(31 * 60_000, -4);
  expect(await ago()).toEqual([31, 31]);
  expect(await timeline(alert.id)).toEqual([['opened', 'uploader']]);
});

it.each([
  ['a resend of known readings', (rows: object[]) => ({ readings: rows }), 200],
  ['a resend of the newest alone', (rows: object[]) => rows.at(-1), 200],
  ['a reading that is refused', (rows: object[]) => ({ ...rows.at(-1), value: -5 }), 422],
  ['refused ones among others', () => ({ readings: [{ measuredAt: 'never' }] }), 200],
  ['a request without readings', () => ({ readings: [] }), 200],
] as const)('says that the sensor is silent where the uploader still reports: %s', async (_, body, status) => {
  const { rows, post, look, ago, timelineOf: timeline } = await newUpload();
  pass(27);
  await post(body(rows) ?? {}).expect(status);
  pass(4);
  const alert = await look();
  expect(alert.evidence.uploader).toMatchObject({ silent: 'sensor' });
  expect(await ago()).toEqual([4, 31]);
  expect(await timeline(alert.id)).toEqual([['opened', 'sensor']]);
});

it('takes a batch that comes late for a sign of the uploader', async () => {
  const { bearer } = await newPatientUser(test.dataSource);
  pass(0);
  const rows = [50, 45, 40, 35].map((ago) => reading(now() - ago * 60_000));
  const answer = test.http.post('/api/v1/patients/me/readings').set('authorization', bearer);
  await answer.send({ readings: rows }).expect(200);
  expect((await lookAt(bearer)).evidence.uploader).toMatchObject({ silent: 'sensor' });
});

it('says so as soon as the uploader is heard again, and what was said stays once readings come', async () => {
  const { rows, post, look, timelineOf: timeline } = await newUpload();
  pass(40);
  expect((await look()).evidence.uploader.silent).toBe('uploader');
  await post({ readings: rows }).expect(200);
  const again = await look();
  expect(again.evidence.uploader.silent).toBe('sensor');
  expect(await timeline(again.id)).toEqual([
    ['opened', 'uploader'],
    ['silence-judged', 'sensor'],
  ]);
  await post(reading(now())).expect(201);
  expect(await look()).toMatchObject({
    id: again.id,
    closedBy: 'data-arrived',
    evidence: { uploader: { silent: 'sensor' } },
  });
});

it('writes at most once a minute for whoever brings nothing new', async () => {
  const { post, ago } = await newUpload();
  const version = async () =>
    (await test.dataSource.query('SELECT count(DISTINCT xmin::text)::int, max(heard_at) FROM patient_ingest'))[0];
  pass(10);
  await post({ readings: [] }).expect(200);
  const first = await version();
  test.clock.advance(30_000);
  await post({ readings: [] }).expect(200);
  expect(await version()).toEqual(first);
  pass(1);
  await post({ readings: [] }).expect(200);
  expect((await ago())[0]).toBe(0);
});
