import { randomUUID } from 'node:crypto';
import { type BackendProcess, startBackend, until } from '../../support/backend-process.js';

jest.setTimeout(180_000);

let backend: BackendProcess;
let worker: BackendProcess;

beforeAll(async () => {
  const shared = {
    DATABASE_URL: process.env['DATABASE_URL'] ?? '',
    REDIS_URL: process.env['REDIS_URL'] ?? '',
    QUEUE_SCHEMA: `queue_${randomUUID().slice(0, 8)}`,
    REVISION: 'abc123',
    RATE_LIMIT_LOGIN_PER_MINUTE: '1000',
  };
  backend = await startBackend({ ...shared, PROCESS_ROLE: 'all' });
  worker = await startBackend({ ...shared, PROCESS_ROLE: 'worker' });
});
afterAll(() => Promise.all([backend.stop(), worker.stop()]));

type Series = ReadonlyMap<string, number>;

async function scrape(process: BackendProcess): Promise<Series> {
  const answer = await fetch(process.metrics);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

/** How far each series moved, of those that did. */
async function movedBy(process: BackendProcess, work: () => Promise<void>): Promise<Record<string, number>> {
  const before = await scrape(process);
  await work();
  const after = await scrape(process);
  const moved = Array.from(after, ([series, value]) => [series, value - (before.get(series) ?? 0)] as const);
  return Object.fromEntries(moved.filter(([, change]) => change !== 0));
}

const post = (path: string, body: unknown, token?: string) =>
  fetch(`${backend.api}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });

/** An account of its own, signed in. */
async function signIn(): Promise<{ email: string; token: string }> {
  const email = `metrics-${randomUUID()}@example.org`;
  const password = 'long enough to be taken';
  expect((await post('/auth/register', { email, password })).status).toBe(201);
  const login = await post('/auth/login', { email, password });
  expect(login.status).toBe(200);
  const { accessToken } = (await login.json()) as { accessToken: string };
  return { email, token: accessToken };
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const reading = (minutes: number, value = 120) => ({ measuredAt: minutesAgo(minutes), value, unit: 'mg/dL' });

const READINGS_ROUTE = 'method="POST",route="/api/v1/patients/:patientId/readings"';

it('moves by exactly what was done', async () => {
  const { email, token } = await signIn();
  const known = reading(60);
  const moved = await movedBy(backend, async () => {
    for (const sent of [known, reading(55), reading(50)]) {
      expect((await post('/patients/me/readings', sent, token)).status).toBe(201);
    }
    expect((await post('/patients/me/readings', known, token)).status).toBe(200);
    const batch = { readings: [reading(45), reading(40), reading(35, -5), { ...reading(30), unit: 'g' }] };
    expect((await post('/patients/me/readings', batch, token)).status).toBe(200);
    expect((await post('/auth/login', { email, password: 'not the password' })).status).toBe(401);
  });
  expect(moved).toMatchObject({
    'glucolens_readings_total{outcome="accepted"}': 5,
    'glucolens_readings_total{outcome="known"}': 1,
    'glucolens_readings_rejected_total{code="OUT_OF_RANGE"}': 1,
    'glucolens_readings_rejected_total{code="INVALID_UNIT"}': 1,
    'glucolens_sign_ins_total{outcome="wrong-credentials"}': 1,
    [`http_request_duration_seconds_count{${READINGS_ROUTE},status="2xx"}`]: 5,
    'http_request_duration_seconds_count{method="POST",route="/api/v1/auth/login",status="4xx"}': 1,
  });
  expect(moved).not.toHaveProperty('glucolens_sign_ins_total{outcome="success"}');
  expect(moved).not.toHaveProperty('http_requests_in_flight');
});

it('tells version, revision and role, the pool, the event loop and both queues, in every role', async () => {
  for (const [process, role] of [
    [backend, 'all'],
    [worker, 'worker'],
  ] as const) {
    const series = await scrape(process);
    expect(series.get(`app_info{version="0.1.0",revision="abc123",role="${role}"}`)).toBe(1);
    expect(series.get('glucolens_database_connections_max')).toBe(role === 'all' ? 12 : 8);
    expect(series.get('glucolens_database_waiting')).toBe(0);
    expect(series.get('nodejs_eventloop_lag_seconds')).toBeGreaterThan(0);
    expect(series.get('process_cpu_seconds_total')).toBeGreaterThan(0);
    for (const queue of ['imports', 'maintenance']) {
      expect(series.get(`glucolens_queue_jobs{queue="${queue}",state="failed"}`)).toBe(0);
      expect(series.get(`glucolens_queue_oldest_waiting_seconds{queue="${queue}"}`)).toBeGreaterThanOrEqual(0);
    }
  }
});

it('counts imports, jobs and schedules where they happen', async () => {
  const { token } = await signIn();
  const form = new FormData();
  form.append('file', new Blob(['no export at all']), 'notes.txt');
  const done = async () => {
    const both = [await scrape(backend), await scrape(worker)];
    const sum = (series: string) => both.reduce((total, one) => total + (one.get(series) ?? 0), 0);
    return {
      refused: sum('glucolens_imports_total{outcome="refused"}'),
      jobs: sum('glucolens_job_duration_seconds_count{job_name="imports.run",outcome="completed"}'),
      sealedAt: Math.max(
        ...both.map((one) => one.get('glucolens_job_last_success_timestamp_seconds{job_name="audit.seal"}') ?? 0),
      ),
      askedAt: both[0]?.get('glucolens_schedule_last_run_timestamp_seconds{job_name="audit.seal"}'),
    };
  };
  const before = await done();
  const url = `${backend.api}/api/v1/patients/me/imports`;
  const answer = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form });
  expect(answer.status).toBe(202);
  await until(async () => (await done()).jobs > before.jobs && (await done()).refused > before.refused);
  expect((await done()).refused).toBe(before.refused + 1);
  await until(async () => (await done()).sealedAt > 0);
  expect(Math.abs((before.askedAt ?? 0) - Date.now() / 1_000)).toBeLessThan(600);
});

it('holds no id and no address, and grows no series by what strangers ask for', async () => {
  const { token } = await signIn();
  await post(`/patients/${randomUUID()}/readings`, reading(5), token);
  await fetch(`${backend.api}/api/v1/nowhere`);
  await fetch(`${backend.api}/api/v1/patients/${randomUUID()}/readings`);
  const ofRequests = (series: Series) => [...series.keys()].filter((name) => name.startsWith('http_')).sort();
  const before = ofRequests(await scrape(backend));
  const paths = Array.from({ length: 1_000 }, (_, i) => {
    const random = randomUUID();
    return [`/${random}`, `/api/v1/${random}`, `/api/v1/patients/${random}/readings`, `/%zz${random}`][i % 4] ?? '';
  });
  for (let i = 0; i < paths.length; i += 50) {
    await Promise.all(paths.slice(i, i + 50).map((path) => fetch(backend.api + path).then((answer) => answer.text())));
  }
  const after = await scrape(backend);
  expect(after.get('http_request_duration_seconds_count{method="GET",route="unmatched",status="4xx"}')).toBeGreaterThan(
    400,
  );
  expect(ofRequests(after)).toEqual(before);
  expect(after.size).toBeLessThan(1_000);
  const text = [...after.keys()].join('\n');
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  expect(text).not.toContain('@');
  expect(text).not.toContain('example.org');
});

it('serves nothing else on that port', async () => {
  const origin = new URL(backend.metrics).origin;
  expect((await fetch(`${origin}/api/v1/patients`)).status).toBe(404);
  expect((await fetch(backend.metrics, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${backend.api}/metrics`)).status).toBe(404);
});
