import { newClinic, newPatient, newPatientUser } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { eventually } from '../../support/application-process.js';
import { type EventStream, openStream } from '../../support/event-stream.js';
import { EvaluationService } from '../../../src/modules/alerts/evaluation.service.js';

let test: TestApp;
let url: string;
const streams: EventStream[] = [];

beforeAll(async () => {
  test = await createTestApp();
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  url = `${await test.app.getUrl()}/api/v1/live`;
});
afterEach(() => streams.splice(0).forEach((stream) => stream.close()));
afterAll(() => test.close());

async function open(bearer: string, lastEventId?: string): Promise<EventStream> {
  const stream = await openStream(url, { bearer, ...(lastEventId === undefined ? {} : { lastEventId }) });
  streams.push(stream);
  return stream;
}

const report = (bearer: string, patientId: string, value: number) =>
  test.http
    .post(`/api/v1/patients/${patientId}/readings`)
    .set('authorization', bearer)
    .send({ measuredAt: test.clock.now().toISOString(), value, unit: 'mg/dL' })
    .expect(201);

const evaluate = (patientId: string) => test.app.get(EvaluationService, { strict: false }).evaluateAll([patientId]);

it('tells a clinician of a reading and of the alert it opens, without any measurement', async () => {
  const { clinician, patient } = await newClinic(test.dataSource);
  const stream = await open(clinician.bearer);
  await report(clinician.bearer, patient.id, 50);
  await eventually(() => stream.events.length === 1);
  await evaluate(patient.id);
  const heard = () => stream.events.find(({ data }) => data['sounds']);
  await eventually(() => heard() !== undefined);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
  });
  expect(stream.events[0]).toMatchObject({
    event: 'reading',
    data: { patientId: patient.id, measuredAt: expect.any(String) },
  });
  expect(heard()).toMatchObject({
    event: 'alert',
    data: {
      patientId: patient.id,
      rule: 'urgent-low',
      severity: 'urgent',
      state: 'open',
      closedAt: null,
      sounds: true,
    },
  });
  expect(JSON.stringify(stream.events)).not.toMatch(/mmol|mg\/dL|tenths|value/);
});

it('tells nobody of patients whom they may not read', async () => {
  const { clinician, patient } = await newClinic(test.dataSource);
  const stranger = await newPatientUser(test.dataSource);
  const stream = await open(stranger.bearer);
  await report(clinician.bearer, patient.id, 120);
  await report(stranger.bearer, 'me', 120);
  await eventually(() => stream.events.length > 0);
  expect(stream.events.map(({ data }) => data['patientId'])).toEqual([stranger.patientId]);
});

it('goes on after the last event that a client saw', async () => {
  const { bearer, patientId } = await newPatientUser(test.dataSource);
  const first = await open(bearer);
  await report(bearer, 'me', 120);
  await eventually(() => first.events.length === 1);
  first.close();
  await test.dataSource.query('DELETE FROM glucose_readings WHERE patient_id = $1', [patientId]);
  test.clock.advance(300_000);
  await report(bearer, 'me', 121);
  await eventually(async () => (await eventsOf(patientId)) === 2);
  const second = await open(bearer, first.lastEventId());
  await eventually(() => second.events.length === 1);
  expect(second.events).toMatchObject([{ event: 'reading', data: { measuredAt: test.clock.now().toISOString() } }]);
  test.clock.run();
});

it.each(['nothing it could be', '999999999'])('tells a client that comes back with %s to begin anew', async (id) => {
  const { bearer } = await newPatientUser(test.dataSource);
  const stream = await open(bearer, id);
  await eventually(() => stream.events.length === 1);
  expect(stream.events).toMatchObject([{ event: 'reset' }]);
  expect(stream.lastEventId()).toMatch(/^\d+$/);
});

it('writes one audit row for a connect and its patients, and none for the own record', async () => {
  const { clinician, patient, organisationId } = await newClinic(test.dataSource);
  const another = await newPatient(test.dataSource, { organisationId });
  await open(clinician.bearer);
  await report(clinician.bearer, patient.id, 120);
  expect(await looksOf(clinician.id)).toEqual([[another.id, patient.id].sort()]);
  const alone = await newPatientUser(test.dataSource);
  await open(alone.bearer);
  expect(await looksOf(alone.id)).toEqual([]);
});

it('writes an audit row for a patient who joins later, before the first event', async () => {
  const { clinician, organisationId } = await newClinic(test.dataSource);
  const stream = await open(clinician.bearer);
  const joined = await newPatient(test.dataSource, { organisationId });
  await report(clinician.bearer, joined.id, 120);
  await eventually(() => stream.events.length === 1);
  await report(clinician.bearer, joined.id, 121).catch(() => undefined);
  expect((await looksOf(clinician.id)).slice(1)).toEqual([[joined.id]]);
});

async function eventsOf(patientId: string): Promise<number> {
  const [row] = await test.dataSource.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM live_events WHERE patient_id = $1',
    [patientId],
  );
  return row?.n ?? 0;
}

async function looksOf(userId: string): Promise<string[][]> {
  const rows = await test.dataSource.query<{ patient_ids: string[] }[]>(
    `SELECT patient_ids FROM audit_events WHERE actor_user_id = $1 AND action = 'GET /live' ORDER BY id`,
    [userId],
  );
  return rows.map(({ patient_ids }) => patient_ids.sort());
}
