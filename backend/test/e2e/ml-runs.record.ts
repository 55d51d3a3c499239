import { MlRun } from '../../src/modules/ml/ml.schemas.js';
import type { TestApp } from '../support/app.js';

export const MINUTE = 60_000;
export const FROM = '2026-03-01T00:00:00.000Z';
export const TO = '2026-04-10T00:00:00.000Z';
/** The day that runs flat at 300 mg/dL. */
export const STRANGE = '2026-03-21';

/** What a person asks of a record, and how it is waited for. */
export function asking(on: () => TestApp) {
  const ask = (bearer: string, body: object) =>
    on().http.post('/api/v1/ml/runs').set('authorization', bearer).send(body);
  const get = (bearer: string, path: string) => on().http.get(`/api/v1/${path}`).set('authorization', bearer);

  /** Waits as a client would: by asking. */
  async function settled(bearer: string, id: string) {
    for (let attempt = 0; attempt < 600; attempt++) {
      const { body } = await get(bearer, `ml/runs/${id}`).expect(200);
      // As it is described, so that clients made from the description can read it.
      MlRun.parse(body);
      if (body.status !== 'queued' && body.status !== 'running') return body;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the analysis did not end');
  }

  /** Forty days of a reading each quarter of an hour: three meals a day, none of them quite like another, and one strange day. */
  async function fortyDays(bearer: string, patientId: string): Promise<void> {
    const readings = Array.from({ length: 40 * 96 }, (_, index) => {
      const at = Date.parse(FROM) + index * 15 * MINUTE;
      const [day, minute] = [Math.floor(index / 96), (index % 96) * 15];
      const meal = (hour: number, height: number) => height * Math.exp(-(((minute - hour * 60) / 60) ** 2));
      const value = 110 + meal(8, 60 + (day % 7)) + meal(13, 50 + (day % 5)) + meal(19, 70 + (day % 3)) + (index % 4);
      const strange = new Date(at).toISOString().startsWith(STRANGE);
      return {
        measuredAt: new Date(at).toISOString(),
        value: strange ? 300 + (index % 3) : Math.round(value),
        unit: 'mg/dL',
      };
    });
    await on()
      .http.post(`/api/v1/patients/${patientId}/readings`)
      .set('authorization', bearer)
      .send({ readings })
      .expect(200);
  }

  return { ask, get, settled, fortyDays };
}
