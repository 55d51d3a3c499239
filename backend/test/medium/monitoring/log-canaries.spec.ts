import { type DataSource } from 'typeorm';
import { newPatient } from '../../factories/patients.js';
import { newUser } from '../../factories/people.js';
import { type BackendProcess, startBackend, until } from '../../support/backend-process.js';
import { withOwnDatabase } from '../../support/own-database.js';

jest.setTimeout(180_000);

const PASSWORD = 'canary-password-9f31';
const EMAIL = 'canary.address@example.org';
const NAME = 'Canaria Vogel-Nachtigall';
const GLUCOSE = 277.7;

/** What no log may ever hold. Time stamps are numbers too, so glucose is looked for as a number of its own. */
const CANARIES: readonly (string | RegExp)[] = [
  PASSWORD,
  'canary.address',
  'Canaria',
  'Nachtigall',
  /(?<![\d.])277(\.7)?(?![\d.])/,
  /(?<![\d.])2777(?![\d.])/,
];

let database: DataSource;
const own = withOwnDatabase((opened) => (database = opened));
let backend: BackendProcess;

beforeAll(async () => {
  await own.open();
  const url = new URL(process.env['DATABASE_URL'] ?? '');
  url.pathname = `/${String(database.driver.database)}`;
  backend = await startBackend({ DATABASE_URL: url.href, PROCESS_ROLE: 'all', LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  await backend.stop();
  await own.close();
});

const call = async (method: string, path: string, options: { bearer?: string; body?: unknown; text?: string } = {}) => {
  const answer = await fetch(`${backend.api}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(options.bearer ? { authorization: options.bearer } : {}),
    },
    ...(options.text === undefined ? {} : { body: options.text }),
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  return { status: answer.status, requestId: answer.headers.get('x-request-id'), text: await answer.text() };
};

const reading = (value: unknown) => ({ measuredAt: new Date().toISOString(), value, unit: 'mg/dL' });

const exportFile = (day: string): FormData => {
  const header =
    'Index,Timestamp (YYYY-MM-DDThh:mm:ss),Event Type,Event Subtype,Patient Info,Device Info,Source Device ID,Glucose Value (mg/dL),Insulin Value (u),Carb Value (grams),Duration (hh:mm:ss),Glucose Rate of Change (mg/dL/min),Transmitter Time (Long Integer),Transmitter ID';
  const rows = [
    `1,,FirstName,,Canaria,,,,,,,,,`,
    `2,,LastName,,Nachtigall,,,,,,,,,`,
    `3,${day}T08:00:00,EGV,,,,phone,277,,,,,1000,TX`,
    `4,${day}T08:05:00,EGV,,,,phone,277x,,,,,1300,TX`,
  ];
  const form = new FormData();
  form.append('file', new Blob([[header, ...rows].join('\n')]), 'Clarity_Canaria_Nachtigall.csv');
  return form;
};

const upload = async (patientId: string, bearer: string, day: string) => {
  const answer = await fetch(`${backend.api}/api/v1/patients/${patientId}/imports`, {
    method: 'POST',
    headers: { authorization: bearer },
    body: exportFile(day),
  });
  expect(answer.status).toBe(202);
  return answer.headers.get('x-request-id');
};

const jobLines = (job: string, requestId: string | null) =>
  backend.lines().filter((line) => line['job'] === job && line['requestId'] === requestId);

it('logs at the finest level hold no password, token, address, name or glucose value, and jobs name their request', async () => {
  const account = { email: EMAIL, password: PASSWORD, displayName: NAME };
  expect((await call('POST', '/auth/register', { body: account })).status).toBe(201);
  const login = await call('POST', '/auth/login', { body: { email: EMAIL, password: PASSWORD } });
  expect(login.status).toBe(200);
  const { accessToken, refreshToken } = JSON.parse(login.text) as { accessToken: string; refreshToken: string };
  const bearer = `Bearer ${accessToken}`;
  const user = await newUser(database, { displayName: NAME });
  const patient = await newPatient(database, { userId: user.id, displayName: NAME });
  await call('POST', '/auth/login', { body: { email: EMAIL, password: `${PASSWORD}x` } });
  await call('POST', '/auth/refresh', { body: { refreshToken: `${refreshToken}x` } });
  await call('POST', '/auth/register', { body: { email: `${EMAIL} `, password: 7, displayName: [NAME] } });
  await call('POST', '/auth/register', { text: `{"password": "${PASSWORD}", "email": ${EMAIL}` });
  await call('POST', '/patients/me/readings', { bearer, body: reading(GLUCOSE) });
  await call('POST', '/patients/me/readings', { bearer, body: reading(`${GLUCOSE}`) });
  await call('POST', '/patients/me/readings', { bearer, body: { readings: [reading(GLUCOSE), GLUCOSE, NAME] } });
  await call('GET', `/patients?query=${encodeURIComponent(NAME)}&token=${accessToken}`, { bearer });
  await call('GET', `/patients/${EMAIL}/readings?from=${GLUCOSE}`, { bearer });
  await call('GET', `/${EMAIL}/${encodeURIComponent(NAME)}/${accessToken}`, {});
  await call('GET', `/%zz${PASSWORD}`, {});
  await call('PUT', `/patients/me/records/meals/${encodeURIComponent(NAME)}`, { bearer, body: { carbs: GLUCOSE } });
  const good = await upload(patient.id, user.bearer, '2024-02-05');
  await until(() => jobLines('imports.run', good).length > 0);
  expect(jobLines('imports.run', good)).toEqual([
    expect.objectContaining({
      msg: 'job completed',
      queue: 'imports',
      attempt: 1,
      milliseconds: expect.any(Number),
      level: 30,
    }),
  ]);

  // From here PostgreSQL refuses rows, and repeats each of them in its error.
  for (const table of ['users', 'glucose_readings']) {
    await database.query(`ALTER TABLE ${table} ADD CONSTRAINT refuse_${table} CHECK (false) NOT VALID`);
  }
  const failing = await call('POST', '/patients/me/readings', { bearer, body: reading(GLUCOSE) });
  expect(failing.status).toBe(500);
  expect((await call('POST', '/auth/register', { body: { ...account, email: `x${EMAIL}` } })).status).toBe(500);
  const bad = await upload(patient.id, user.bearer, '2024-02-06');
  await until(() => jobLines('imports.run', bad).length > 0);

  await until(() => backend.lines().some((line) => line['requestId'] === failing.requestId && 'res' in line));
  const failure = backend.lines().find((line) => line['requestId'] === failing.requestId && 'err' in line);
  expect(failure?.['err']).toEqual({ type: 'QueryFailedError', code: '23514', stack: expect.stringContaining('at ') });
  expect(jobLines('imports.run', bad)[0]).toMatchObject({
    msg: 'job failed',
    level: 50,
    attempt: 1,
    err: { type: 'QueryFailedError', code: '23514' },
  });
  const [stored] = await database.query('SELECT json_agg(j)::text AS jobs FROM bullmq.job j');

  await backend.stop();
  const everything = backend.output();
  expect(everything).toContain('"route":"/api/v1/patients/:patientId/readings"');
  expect(everything).toContain('"route":"unmatched"');
  expect(stored.jobs).toContain('QueryFailedError 23514');
  for (const canary of [...CANARIES, accessToken, refreshToken, user.token]) {
    const found = everything
      .split('\n')
      .filter((line) => (typeof canary === 'string' ? line.includes(canary) : canary.test(line)));
    expect(found).toEqual([]);
    if (typeof canary === 'string') expect(stored.jobs).not.toContain(canary);
  }
});
