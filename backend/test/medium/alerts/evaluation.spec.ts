import { Metrics } from '../../../src/common/metrics/metrics.js';
import { EvaluationService } from '../../../src/modules/alerts/evaluation.service.js';
import { newClinic, newPatientUser } from '../../factories/patients.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { withOwnDatabase } from '../../support/own-database.js';

/** An API without a worker: alerts are looked at when a test asks for it. */
let test: TestApp;
const own = withOwnDatabase(() => undefined);

beforeAll(async () => {
  test = await createTestApp({ DATABASE_URL: await own.open(), PROCESS_ROLE: 'api' });
  // It has been listening for two days.
  await test.dataSource.query(`UPDATE listening_intervals SET started_at = last_seen_at - interval '2 days'`);
});
afterAll(async () => {
  await test.close();
  await own.close();
});

const minutesAgo = (minutes: number): string => new Date(test.clock.now().getTime() - minutes * 60_000).toISOString();

async function patientWith(values: readonly (readonly [minutesAgo: number, mgdl: number])[]) {
  const { bearer, patientId } = await newPatientUser(test.dataSource);
  const send = (rows: readonly (readonly [number, number])[]) =>
    test.http
      .post('/api/v1/patients/me/readings')
      .set('authorization', bearer)
      .send({ readings: rows.map(([ago, value]) => ({ measuredAt: minutesAgo(ago), value, unit: 'mg/dL' })) })
      .expect(200);
  await send(values);
  const choose = (override: object) =>
    test.http.put('/api/v1/patients/me/alert-settings').set('authorization', bearer).send({ override }).expect(200);
  return { patientId, send, choose, look: () => evaluated(patientId) };
}

async function evaluated(patientId: string) {
  await test.app.get(EvaluationService, { strict: false }).evaluateAll([patientId]);
  return test.dataSource.query<Record<string, unknown>[]>(
    `SELECT e.id, e.rule, e.severity, e.closed_by, e.voided_at IS NOT NULL AS voided,
       (SELECT string_agg(s.severity || ' ' || s.decision, ', ' ORDER BY s.at) FROM alert_soundings s
         WHERE s.patient_id = e.patient_id AND s.episode_id = e.id) AS soundings,
       (SELECT string_agg(t.kind, ', ' ORDER BY t.id) FROM alert_events t
         WHERE t.patient_id = e.patient_id AND t.episode_id = e.id) AS timeline
     FROM alert_episodes e WHERE e.patient_id = $1 ORDER BY e.opened_at, e.rule`,
    [patientId],
  );
}

const ofRule = (rule: string, rows: readonly Record<string, unknown>[]) => rows.filter((row) => row['rule'] === rule);

const calm = [
  [40, 118],
  [35, 120],
  [30, 122],
] as const;

it('acts on other settings at once, of the patient and of the clinic, without another reading', async () => {
  const { choose, look } = await patientWith([20, 15, 10, 5, 1].map((ago) => [ago, 76] as const));
  expect(ofRule('low', await look())).toEqual([]);
  await choose({ low: { threshold: { value: 80, unit: 'mg/dL' } } });
  expect(ofRule('low', await look())).toMatchObject([{ soundings: 'warning sound', timeline: 'opened, decided' }]);

  const { organisationId, clinician, patient } = await newClinic(test.dataSource);
  const rows = calm.map(([ago, value]) => ({ measuredAt: minutesAgo(ago - 5), value, unit: 'mg/dL' }));
  const url = (path: string) => test.http.post(`/api/v1/${path}`).set('authorization', clinician.bearer);
  await url(`patients/${patient.id}/readings`).send({ readings: rows }).expect(200);
  expect(await evaluated(patient.id)).toEqual([]);
  await test.http
    .put(`/api/v1/organisations/${organisationId}/alert-settings`)
    .set('authorization', clinician.bearer)
    .send({ override: { 'no-data': { afterMinutes: 20 } } })
    .expect(200);
  expect(await evaluated(patient.id)).toMatchObject([{ rule: 'no-data', timeline: 'opened, decided' }]);
});

it('opens one episode for a low, lets it sound once, and closes it after the recovery', async () => {
  const { send, look } = await patientWith([...calm, [5, 65]]);
  await send([[0, 64]]);
  const openLow = { rule: 'low', severity: 'warning', closed_by: null, soundings: 'warning sound' };
  expect(ofRule('low', await look())).toMatchObject([{ ...openLow, timeline: 'opened, decided' }]);
  test.clock.advance(20 * 60_000);
  await send([
    [15, 95],
    [10, 96],
    [5, 97],
    [0, 99],
  ]);
  expect(ofRule('low', await look())).toMatchObject([
    { rule: 'low', closed_by: 'recovered', soundings: 'warning sound', timeline: 'opened, decided, closed' },
  ]);
});

it('does nothing for a patient for whom nothing has arrived', async () => {
  const { patientId, look } = await patientWith([...calm, [0, 60]]);
  const before = await look();
  const [state] = await test.dataSource.query('SELECT * FROM alert_state WHERE patient_id = $1', [patientId]);
  expect(await look()).toEqual(before);
  expect(await test.dataSource.query('SELECT * FROM alert_state WHERE patient_id = $1', [patientId])).toEqual([state]);
});

it('keeps silent about a low that came in late and was over', async () => {
  const { look } = await patientWith([
    [180, 110],
    [175, 52],
    [170, 110],
    [165, 112],
    [160, 114],
    [155, 116],
    [0, 120],
  ]);
  expect(ofRule('urgent-low', await look())).toMatchObject([{ closed_by: 'recovered', soundings: 'urgent over' }]);
});

it('lets a low sound that was stale when its first half came in and goes on now', async () => {
  const { send, look } = await patientWith([
    [60, 110],
    [50, 66],
    [40, 65],
  ]);
  expect(ofRule('low', await look())).toMatchObject([{ soundings: 'warning stale' }]);
  await send([
    [30, 66],
    [20, 66],
    [10, 66],
    [2, 66],
  ]);
  expect(ofRule('low', await look())).toMatchObject([{ soundings: 'warning sound' }]);
});

it('takes back what late data disprove, under the name it had, and forgets nothing', async () => {
  const { send, look } = await patientWith([
    [90, 118],
    [85, 120],
    [10, 119],
    [0, 118],
  ]);
  const [silence] = await look();
  expect(silence).toMatchObject({ rule: 'no-data', closed_by: 'data-arrived' });
  await send(Array.from({ length: 14 }, (_, i) => [80 - 5 * i, 117 + (i % 3)] as const));
  expect(await look()).toMatchObject([
    { id: silence?.['id'], voided: true, timeline: expect.stringMatching(/voided$/) },
  ]);
});

it('gives the same episodes whatever the order of arrival', async () => {
  const values = Array.from({ length: 40 }, (_, i) => [200 - 5 * i, i > 10 && i < 22 ? 58 : 120 + i] as const);
  const inOrder = await patientWith(values);
  const backwards = await patientWith(values.slice(30));
  await backwards.look();
  await backwards.send(values.slice(0, 12));
  await backwards.look();
  await backwards.send(values.slice(12, 30));
  const plain = async (one: { look: typeof inOrder.look }) =>
    (await one.look())
      .filter(({ voided }) => !voided)
      .map(({ rule, severity, closed_by }) => [rule, severity, closed_by]);
  expect(await plain(backwards)).toEqual(await plain(inOrder));
});

it('wakes up by itself when the data stop', async () => {
  const { patientId } = await patientWith([...calm, [0, 119]]);
  await evaluated(patientId);
  test.clock.advance(31 * 60_000);
  await test.dataSource.query(`UPDATE listening_intervals SET last_seen_at = $1`, [test.clock.now()]);
  test.clock.advance(10_000);
  await test.app.get(EvaluationService, { strict: false }).sweep();
  const rows = await test.dataSource.query<{ rule: string }[]>(
    'SELECT rule FROM alert_episodes WHERE patient_id = $1',
    [patientId],
  );
  expect(rows).toEqual([{ rule: 'no-data' }]);
});

it('refuses to forget: the timeline can only grow', async () => {
  await expect(test.dataSource.query('DELETE FROM alert_events')).rejects.toThrow('append-only');
});

it('looks at everybody else when one patient cannot be looked at, and at that one again, less and less often', async () => {
  const broken = await patientWith([...calm, [0, 60]]);
  const sound = await patientWith([...calm, [0, 60]]);
  const [{ id: userId }] = await test.dataSource.query('SELECT user_id AS id FROM patients WHERE id = $1', [
    broken.patientId,
  ]);
  await test.dataSource.query(
    `INSERT INTO alert_settings (patient_id, effective_from, override, schedules, changed_by)
     VALUES ($1, '2020-01-01', 'null', '[]', $2)`,
    [broken.patientId, userId],
  );
  const service = test.app.get(EvaluationService, { strict: false });
  const failures = () =>
    test.dataSource.query<{ failures: number; wait: number }[]>(
      `SELECT failures, extract(epoch FROM retry_at - failed_at)::int AS wait FROM alert_failures WHERE patient_id = $1`,
      [broken.patientId],
    );
  await service.evaluateAll([broken.patientId, sound.patientId]);
  expect(await openRules(sound.patientId)).toContain('low');
  expect(await failures()).toEqual([{ failures: 1, wait: 10 }]);
  await service.sweep();
  expect(await failures()).toMatchObject([{ failures: 1 }]);
  test.clock.advance(11_000);
  await service.sweep();
  expect(await failures()).toEqual([{ failures: 2, wait: 20 }]);

  await test.dataSource.query(`UPDATE alert_settings SET override = '{}' WHERE patient_id = $1`, [broken.patientId]);
  test.clock.advance(21_000);
  await service.sweep();
  expect(await failures()).toEqual([]);
  expect(await openRules(broken.patientId)).toContain('low');
});

async function openRules(patientId: string): Promise<string[]> {
  const rows = await test.dataSource.query<{ rule: string }[]>(
    'SELECT rule FROM alert_episodes WHERE patient_id = $1 AND closed_at IS NULL AND voided_at IS NULL',
    [patientId],
  );
  return rows.map(({ rule }) => rule);
}

it('ends an alert that was open when everything stood still for two days, and does not say that it never was', async () => {
  const { patientId, look, send } = await patientWith(
    Array.from({ length: 6 }, (_, i) => [25 - 5 * i, 320 + i] as const),
  );
  expect(ofRule('high', await look())).toMatchObject([{ voided: false, closed_by: null }]);
  test.clock.advance(49 * 3_600_000);
  await send([[0, 120]]);
  await test.dataSource.query('UPDATE alert_state SET quiet_at = NULL WHERE patient_id = $1', [patientId]);
  expect(ofRule('high', await look())).toMatchObject([
    { voided: false, closed_by: expect.stringMatching('expired|data-ended') },
  ]);
});

it('says how long the longest wait has been, from the first reading that waits', async () => {
  const { patientId, send } = await patientWith([...calm, [0, 119]]);
  await evaluated(patientId);
  await send([[0, 118]]);
  test.clock.advance(120_000);
  await send([[0, 117]]);
  const text = await test.app.get(Metrics, { strict: false }).text();
  expect(Number(/^glucolens_alert_oldest_due_seconds (.*)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(120);
  await test.app.get(EvaluationService, { strict: false }).sweep();
  const after = await test.app.get(Metrics, { strict: false }).text();
  expect(after).toMatch(/^glucolens_alert_oldest_due_seconds 0$/m);
  expect(after).toMatch(/^glucolens_alerts_opened_total\{rule="low",severity="warning"\} \d+$/m);
  expect(after).toMatch(/^glucolens_alert_lag_seconds_count \d+$/m);
});
