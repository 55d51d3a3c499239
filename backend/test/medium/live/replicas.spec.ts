import { randomUUID } from 'node:crypto';
import { type DataSource, QueryRunner } from 'typeorm';
import { newClinic, newGrant, newPatientUser } from '../../factories/patients.js';
import { newUser, PASSWORD } from '../../factories/people.js';
import { type BackendProcess, startBackend } from '../../support/backend-process.js';
import { eventually } from '../../support/application-process.js';
import { type EventStream, openStream } from '../../support/event-stream.js';
import { withOwnDatabase } from '../../support/own-database.js';

jest.setTimeout(240_000);

/** Two API processes on one database. */
let database: DataSource;
const own = withOwnDatabase((opened) => (database = opened));
let one: BackendProcess;
let two: BackendProcess;
let variables: Record<string, string>;
const streams: EventStream[] = [];

beforeAll(async () => {
  variables = {
    DATABASE_URL: await own.open(),
    DATABASE_POOL_SIZE: '4',
    PROCESS_ROLE: 'api',
    QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}`,
    LOG_LEVEL: 'warn',
    DRAIN_DELAY_MS: '0',
  };
  [one, two] = await Promise.all([startBackend(variables), startBackend(variables)]);
});
afterEach(() => streams.splice(0).forEach((stream) => stream.close()));
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await own.close();
});

async function open(backend: BackendProcess, bearer: string, lastEventId?: string): Promise<EventStream> {
  const resume = lastEventId === undefined ? {} : { lastEventId };
  const stream = await openStream(`${backend.api}/api/v1/live`, { bearer, ...resume });
  streams.push(stream);
  return stream;
}

async function ask(
  backend: BackendProcess,
  method: string,
  path: string,
  bearer: string,
  body?: object,
): Promise<number> {
  const { status } = await fetch(`${backend.api}/api/v1${path}`, {
    method,
    headers: { authorization: bearer, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return status;
}

let minute = 0;
/** One reading more, each at a minute of its own. */
async function report(backend: BackendProcess, bearer: string, patientId: string): Promise<string> {
  const measuredAt = new Date(Date.now() - 60_000 * ++minute).toISOString();
  expect(
    await ask(backend, 'POST', `/patients/${patientId}/readings`, bearer, { measuredAt, value: 120, unit: 'mg/dL' }),
  ).toBe(201);
  return measuredAt;
}

const measured = (stream: EventStream) => stream.events.map(({ data }) => data['measuredAt']);

/** Waits for transactions on this server: one of another test may have had any number, for all that a process can know. */
async function othersEnded(): Promise<void> {
  const [now] = await database.query<{ id: string }[]>('SELECT pg_current_xact_id()::text AS id');
  await eventually(async () => {
    const [row] = await database.query<{ ended: boolean }[]>(
      'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS ended',
      [now?.id],
    );
    return row?.ended === true;
  });
}

/** Writes an event in a transaction that stays open. */
async function writeSlowly(patientId: string, name: string): Promise<QueryRunner> {
  const runner = database.createQueryRunner();
  await runner.startTransaction();
  // It stays open for longer than a transaction may be idle, where the machine is busy.
  await runner.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await runner.query(
    `INSERT INTO live_events (at, patient_id, kind, subject) VALUES (now(), $1, 'job', jsonb_build_object('jobId', $2::text))`,
    [patientId, name],
  );
  return runner;
}

it('what is written through one process is seen through the other', async () => {
  const { clinician, patient } = await newClinic(database);
  const stream = await open(two, clinician.bearer);
  const measuredAt = await report(one, clinician.bearer, patient.id);
  await eventually(() => stream.events.length === 1);
  expect(measured(stream)).toEqual([measuredAt]);
});

it('a transaction that takes long holds nobody back, and what it tells is lost to nobody, wherever they come back', async () => {
  const { bearer, patientId } = await newPatientUser(database);
  const staying = await open(one, bearer);
  const leaving = await open(one, bearer);
  const slow = await writeSlowly(patientId, 'slow');
  const measuredAt = await report(one, bearer, 'me');
  await eventually(() => leaving.events.length === 1 && staying.events.length === 1);
  expect(measured(leaving)).toEqual([measuredAt]);
  leaving.close();

  await slow.commitTransaction();
  await slow.release();
  const back = await open(two, bearer, leaving.lastEventId());
  const heard = (stream: EventStream) => stream.events.some(({ data }) => data['jobId'] === 'slow');
  await eventually(() => heard(back) && heard(staying));
  expect(staying.events).toHaveLength(2);
  await eventually(() => back.events.length === 2);
  expect(measured(back)).toContain(measuredAt);
});

it('comes back to a process while the transaction is still open, and hears of it once', async () => {
  const { bearer, patientId } = await newPatientUser(database);
  const before = await open(one, bearer);
  const slow = await writeSlowly(patientId, 'late');
  await report(one, bearer, 'me');
  await eventually(() => before.events.length === 1);
  before.close();
  const back = await open(two, bearer, before.lastEventId());
  await eventually(() => back.events.length === 1);
  await slow.commitTransaction();
  await slow.release();
  const measuredAt = await report(one, bearer, 'me');
  await eventually(() => measured(back).includes(measuredAt));
  expect(back.events.filter(({ data }) => data['jobId'] === 'late')).toHaveLength(1);
  expect(back.events).toHaveLength(3);
});

it('a number that was never used holds up the position of nobody for long', async () => {
  const { bearer, patientId } = await newPatientUser(database);
  const stream = await open(one, bearer);
  const undone = await writeSlowly(patientId, 'undone');
  await report(one, bearer, 'me');
  await eventually(() => stream.events.length === 1);
  const position = stream.lastEventId();
  await undone.rollbackTransaction();
  await undone.release();
  await othersEnded();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await report(two, bearer, 'me');
  await eventually(() => stream.events.length === 2);
  expect(Number(stream.lastEventId())).toBeGreaterThanOrEqual(Number(position) + 3);
});

it('a revoked grant ends the events of its patient within five seconds, and those alone', async () => {
  const owner = await newPatientUser(database);
  const reader = await newPatientUser(database);
  const { id } = await newGrant(database, owner.patientId, reader.id);
  const stream = await open(two, reader.bearer);
  await report(one, owner.bearer, 'me');
  await eventually(() => stream.events.length === 1);
  expect(await ask(one, 'DELETE', `/patients/${owner.patientId}/grants/${id}`, owner.bearer)).toBe(204);
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  await report(one, owner.bearer, 'me');
  const measuredAt = await report(one, reader.bearer, 'me');
  await eventually(() => measured(stream).includes(measuredAt));
  expect(stream.events).toHaveLength(2);
});

it('a grant that is given while the stream is open brings the events of its patient', async () => {
  const owner = await newPatientUser(database);
  const reader = await newUser(database);
  const stream = await open(two, reader.bearer);
  await newGrant(database, owner.patientId, reader.id);
  await eventually(async () => {
    await report(one, owner.bearer, 'me');
    return stream.events.length > 0;
  });
  expect(stream.events[0]?.data).toMatchObject({ patientId: owner.patientId });
});

it.each([
  { name: 'a sign-out', act: (bearer: string) => ask(one, 'POST', '/auth/logout', bearer) },
  {
    name: 'a changed password',
    act: async (_: string, email: string) => {
      const answer = await fetch(`${one.api}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: PASSWORD }),
      });
      const { accessToken }: { accessToken?: string } = Object(await answer.json());
      const change = { oldPassword: PASSWORD, newPassword: 'a wholly different horse' };
      return ask(one, 'POST', '/auth/change-password', `Bearer ${accessToken}`, change);
    },
  },
])('$name ends the streams of the session at the other process', async ({ act }) => {
  const { bearer, email } = await newUser(database);
  const stream = await open(two, bearer);
  expect(await act(bearer, email)).toBe(204);
  const begun = Date.now();
  await stream.ended;
  expect(Date.now() - begun).toBeLessThan(5_000);
});

it('a killed connection that listens is made anew, and nothing is missed', async () => {
  const { bearer } = await newPatientUser(database);
  const stream = await open(two, bearer);
  await report(one, bearer, 'me');
  await eventually(() => stream.events.length === 1);
  const ended: unknown[] = await database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'glucolens-live' AND datname = current_database()`,
  );
  expect(ended).toHaveLength(2);
  const measuredAt = await report(one, bearer, 'me');
  await eventually(() => measured(stream).includes(measuredAt));
  const another = await report(one, bearer, 'me');
  await eventually(() => measured(stream).includes(another));
  expect(stream.events).toHaveLength(3);
});

it('a process that leaves ends its streams, and their clients go on at the other', async () => {
  const { bearer } = await newPatientUser(database);
  const leaving = await startBackend(variables);
  const stream = await open(leaving, bearer);
  await report(one, bearer, 'me');
  await eventually(() => stream.events.length === 1);
  const [code] = await Promise.all([leaving.stop(), stream.ended]);
  expect(code).toBe(0);
  const measuredAt = await report(one, bearer, 'me');
  const back = await open(two, bearer, stream.lastEventId());
  await eventually(() => measured(back).includes(measuredAt));
  // What was sent out of turn, without a number, may come again.
  expect(measured(back).filter((one) => one !== measuredAt).length).toBeLessThanOrEqual(1);
});
