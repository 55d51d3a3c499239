import { Forecast, ForecastModel, type IssuedForecast } from '../../src/modules/ml/forecasts/forecast.schemas.js';
import { IssuingService } from '../../src/modules/ml/forecasts/issuing.service.js';
import { NightsService } from '../../src/modules/nights/nights.service.js';
import { newClinic } from '../factories/patients.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/application-process.js';

jest.setTimeout(300_000);

let on: TestApp;
beforeAll(async () => {
  on = await createTestApp({ PROCESS_ROLE: 'all' });
});
afterAll(async () => {
  on.clock.run();
  await on.close();
});

const MINUTE = 60_000;
const BEGINS = Date.parse('2026-05-17T06:00:00Z');
const get = (bearer: string, path: string) => on.http.get(`/api/v1/${path}`).set('authorization', bearer);
const issuedOf = (patientId: string) =>
  on.dataSource.query('SELECT * FROM forecasts WHERE patient_id = $1 ORDER BY based_on', [patientId]);
const sweep = () => on.app.get(IssuingService, { strict: false }).sweep();

/** A reading every so many minutes, up and down in three hours. */
async function send(bearer: string, patientId: string, count: number, everyMinutes = 5): Promise<void> {
  const readings = Array.from({ length: count }, (_, index) => ({
    measuredAt: new Date(BEGINS + index * everyMinutes * MINUTE).toISOString(),
    value: Math.round(130 + 75 * Math.sin((index * everyMinutes * Math.PI) / 90) + ((index * 7) % 5)),
    unit: 'mg/dL',
  }));
  const path = `/api/v1/patients/${patientId}/readings`;
  await on.http.post(path).set('authorization', bearer).send({ readings }).expect(200);
}

it('issues a forecast as readings come, keeps it, judges it at night and shows how it did', async () => {
  const { clinician, patient } = await newClinic(on.dataSource);
  const model = async () => {
    const { body } = await get(clinician.bearer, `patients/${patient.id}/forecast/model`).expect(200);
    return ForecastModel.parse(body);
  };
  expect(await model()).toEqual({ model: 'network', version: '1', check: null });
  await send(clinician.bearer, patient.id, 3 * 288);
  for (let index = 40; index < 640; index++) {
    on.clock.stopAt(new Date(BEGINS + index * 5 * MINUTE + 20_000));
    await sweep();
  }
  const issued = await issuedOf(patient.id);
  expect(issued).toHaveLength(600);
  expect(issued[0]).toMatchObject({ model: 'network', version: '1' });
  expect(issued[0].based_on).toEqual(new Date(BEGINS + 40 * 5 * MINUTE));
  expect(issued[0].issued_at - issued[0].based_on).toBe(20_000);

  on.clock.stopAt(new Date(BEGINS + 3 * 1_440 * MINUTE));
  // What the page shows now is what was kept, at the horizons that are kept.
  await sweep();
  const { body: shown } = await get(clinician.bearer, `patients/${patient.id}/forecast`).expect(200);
  const [newest] = (await issuedOf(patient.id)).slice(-1);
  expect(newest.based_on.toISOString()).toBe(shown.basedOnReadingAt);
  expect(newest.quantiles[9 + 4] / 10).toBe(shown.steps[11].q50);
  expect([newest.quantiles[9 + 2] / 10, newest.quantiles[9 + 6] / 10]).toEqual([
    shown.steps[11].q10,
    shown.steps[11].q90,
  ]);
  // Two days of forecasts that met their readings have moved what intervals are built for, at each horizon for itself.
  const { intervals } = Forecast.parse(shown) as IssuedForecast;
  expect(intervals.map(({ minutes }) => minutes)).toEqual([30, 60, 120]);
  for (const { builtFor80, builtFor95 } of intervals) {
    expect(Math.abs(builtFor80 - 0.8)).toBeGreaterThan(0.001);
    expect(builtFor95).toBeGreaterThan(builtFor80);
  }
  expect(newest.low_within_60).toBeCloseTo(shown.lowWithin['60'], 6);

  on.clock.stopAt(new Date(BEGINS + 4 * 1_440 * MINUTE));
  await on.app.get(NightsService, { strict: false }).close([patient.id]);
  // The scheduler may have closed a night before, when fewer had been issued.
  await eventually(async () => (await model()).check?.choice.basis === 'as-issued');
  const { check, model: serving } = await model();
  expect(check!.choice).toMatchObject({ basis: 'as-issued', model: serving });
  expect(check!.choice.scored).toBeGreaterThanOrEqual(600);
  expect(check!.issued!.horizons.map(({ minutes }) => minutes)).toEqual([30, 60, 120]);
  for (const { forecasts } of check!.issued!.horizons) expect(forecasts).toBeGreaterThanOrEqual(600);
  expect(check!.followed!.missShares).toHaveLength(6);
  expect(check!.issued!.lowAlarms.map(({ lows }) => lows).every((lows) => lows > 10)).toBe(true);

  const told = await on.dataSource.query<{ kind: string; state: string | null; n: number }[]>(
    `SELECT kind, subject ->> 'state' AS state, count(*)::int AS n FROM live_events
     WHERE patient_id = $1 AND kind IN ('forecast', 'job') GROUP BY 1, 2 ORDER BY 1, 2`,
    [patient.id],
  );
  expect(told).toContainEqual({ kind: 'forecast', state: null, n: expect.any(Number) });
  expect(told).toContainEqual({ kind: 'job', state: 'done', n: expect.any(Number) });
});

it('issues one each five minutes of a sensor that reads each minute, none of old readings, and forgets after 30 days', async () => {
  const { clinician, patient } = await newClinic(on.dataSource);
  await send(clinician.bearer, patient.id, 240, 1);
  for (let minute = 210; minute < 240; minute++) {
    on.clock.stopAt(new Date(BEGINS + minute * MINUTE + 5_000));
    await sweep();
    await sweep();
  }
  expect(await issuedOf(patient.id)).toHaveLength(6);
  on.clock.stopAt(new Date(BEGINS + 256 * MINUTE));
  await sweep();
  expect(await issuedOf(patient.id)).toHaveLength(6);
  const nightAfter = async (days: number) => {
    on.clock.stopAt(new Date(BEGINS + days * 1_440 * MINUTE));
    await on.app.get(NightsService, { strict: false }).close([patient.id]);
    return issuedOf(patient.id);
  };
  expect(await nightAfter(29)).toHaveLength(6);
  expect(await nightAfter(32)).toEqual([]);
});
