import { Forecast } from '../../src/modules/ml/forecasts/forecast.schemas.js';
import { IssuingRepository } from '../../src/modules/ml/forecasts/issuing.repository.js';
import { IssuingService } from '../../src/modules/ml/forecasts/issuing.service.js';
import { NightsService } from '../../src/modules/nights/nights.service.js';
import { newClinic } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asking, MINUTE } from './ml-runs.record.js';

jest.setTimeout(120_000);

let on: TestApp;
beforeAll(async () => {
  on = await createTestApp({ PROCESS_ROLE: 'all' });
});
afterAll(() => on.close());

const { ask, get, settled, fortyDays } = asking(() => on);

/** Six weeks of a reading every five minutes, up to an instant. */
async function sixWeeks(bearer: string, patientId: string, until: number): Promise<void> {
  const readings = Array.from({ length: 43 * 288 }, (_, index) => {
    const at = until - (43 * 288 - 1 - index) * 5 * MINUTE;
    const hours = at / (60 * MINUTE);
    const value = 140 + 45 * Math.sin((hours * Math.PI) / 3) + 12 * Math.sin(hours * 2.1) + ((index * 7) % 9);
    return { measuredAt: new Date(at).toISOString(), value: Math.round(value), unit: 'mg/dL' };
  });
  for (let from = 0; from < readings.length; from += 10_000) {
    await on.http
      .post(`/api/v1/patients/${patientId}/readings`)
      .set('authorization', bearer)
      .send({ readings: readings.slice(from, from + 10_000) })
      .expect(200);
  }
}

it('a forecast says what may come of the newest reading, with intervals that the night fitted to the person', async () => {
  const { clinician, patient } = await newClinic(on.dataSource);
  const now = Date.parse('2026-05-20T12:00:00Z');
  on.clock.stopAt(new Date(now));
  await sixWeeks(clinician.bearer, patient.id, now - 4 * MINUTE);
  const forecast = async () =>
    (await get(clinician.bearer, `patients/${patient.id}/forecast`).expect(200)).body as {
      steps: Record<string, number>[];
      [name: string]: unknown;
    };
  const before = await forecast();
  expect(before).toMatchObject({
    issuedAt: '2026-05-20T12:00:00.000Z',
    basedOnReadingAt: '2026-05-20T11:56:00.000Z',
    model: 'network',
    version: '1',
    unit: 'mg/dL',
    calibratedToPerson: false,
    coverage: null,
  });
  Forecast.parse(before);
  expect(before.steps.map(({ minutes }) => minutes)).toEqual(Array.from({ length: 24 }, (_, i) => 5 * (i + 1)));
  for (const { minutes: _, ...quantiles } of before.steps) {
    expect(Object.values(quantiles)).toEqual(Object.values(quantiles).sort((a, b) => a - b));
  }

  await on.app.get(NightsService, { strict: false }).close([patient.id]);
  const [{ id }] = await on.dataSource.query(
    `SELECT id FROM ml_runs WHERE patient_id = $1 AND algorithm = 'forecast'`,
    [patient.id],
  );
  const check = await settled(clinician.bearer, id);
  expect(check.result.choice.scored).toBeGreaterThanOrEqual(500);
  const after = await forecast();
  expect(after).toMatchObject({ calibratedToPerson: true, model: check.result.choice.model });
  expect(after.coverage).toEqual(check.result.horizons);
  for (const { within80 } of check.result.horizons) expect(within80).toBeGreaterThan(0.7);

  // What the person's own model would have said is kept with each forecast, to be compared.
  expect(check.result.correctionMgdl).toHaveLength(36);
  const note = (kind: string, record: object) =>
    on.http
      .post(`/api/v1/patients/${patient.id}/records/${kind}`)
      .set('authorization', clinician.bearer)
      .send({ records: [record] })
      .expect(200);
  await note('meals', { clientId: 'lunch', startsAt: '2026-05-20T11:50:00Z', carbsGrams: 60 });
  await note('meals', { clientId: 'too early', startsAt: '2026-05-20T05:00:00Z', carbsGrams: 60 });
  await note('meals', { clientId: 'to come', startsAt: '2026-05-20T12:01:00Z', carbsGrams: 60 });
  await note('insulin-doses', {
    clientId: 'a',
    startsAt: '2026-05-20T11:45:00Z',
    medicationName: 'lispro',
    doseUnits: 4.5,
    insulinType: 'bolus',
  });
  await note('insulin-doses', {
    clientId: 'b',
    startsAt: '2026-05-20T11:45:00Z',
    medicationName: 'glargine',
    doseUnits: 20,
    insulinType: 'basal',
  });
  const noted = await on.app.get(IssuingRepository, { strict: false }).latelyNoted([patient.id], new Date(now));
  expect(noted.get(patient.id)).toEqual({
    doses: [{ instant: Date.parse('2026-05-20T11:45:00Z') / 1000, units: 4.5 }],
    meals: [{ instant: Date.parse('2026-05-20T11:50:00Z') / 1000, carbsGrams: 60 }],
    activities: [],
  });
  // The scheduler may have issued one before the night.
  await on.dataSource.query('DELETE FROM forecasts WHERE patient_id = $1', [patient.id]);
  await on.app.get(IssuingService, { strict: false }).sweep();
  const [{ medians }] = await on.dataSource.query('SELECT medians FROM forecasts WHERE patient_id = $1', [patient.id]);
  expect(medians).toHaveLength(4);

  // What somebody asks of it by hand, with another model and too short a time, is an answer to that person alone.
  const parameters = { current: 'last-value' };
  const question = { patientId: patient.id, algorithm: 'forecast', from: '2026-05-20T00:00:00Z', parameters };
  const { body: asked } = await ask(clinician.bearer, question).expect(202);
  expect((await settled(clinician.bearer, asked.id)).result.status).toBe('too-little-data');
  expect(await forecast()).toEqual(after);
  on.clock.run();
});

it('a forecast is silent where the newest reading is too old', async () => {
  const { clinician, patient } = await newClinic(on.dataSource);
  const forecast = () => get(clinician.bearer, `patients/${patient.id}/forecast`).expect(200);
  expect((await forecast()).body).toEqual({ unavailable: 'stale' });
  await fortyDays(clinician.bearer, patient.id);
  expect((await forecast()).body).toEqual({ unavailable: 'stale' });
  on.clock.stopAt('2026-04-10T00:00:00Z');
  expect((await forecast()).body).toMatchObject({ basedOnReadingAt: '2026-04-09T23:45:00.000Z' });
  on.clock.stopAt('2026-04-10T00:00:01Z');
  expect((await forecast()).body).toEqual({ unavailable: 'stale' });
  on.clock.run();
});
