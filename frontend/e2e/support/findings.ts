import { type APIRequestContext, expect } from '@playwright/test';
import { FROM_OUR_PAGE } from './people';

/** By the hour, meals and doses leave marks in every record that has any; by the day, not in each. */
export async function askForLinksByTheHour(request: APIRequestContext, patientId: string): Promise<void> {
  const data = { patientId, algorithm: 'pcmci', parameters: { grid: 'hourly' } };
  const asked = await request.post('/api/v1/ml/runs', { data, headers: FROM_OUR_PAGE });
  const run = `/api/v1/ml/runs/${(await asked.json()).id}`;
  const status = async () => (await (await request.get(run)).json()).status;
  await expect.poll(status, { timeout: 120_000 }).toBe('done');
}

/** Asks what takes a while, and stops it: at another try where it was answered sooner. */
export async function stopAnAnalysis(request: APIRequestContext, patientId: string): Promise<void> {
  const data = { patientId, algorithm: 'influences', parameters: { resamples: 1_000 } };
  await expect(async () => {
    const asked = await request.post('/api/v1/ml/runs', { data, headers: FROM_OUR_PAGE });
    const { id } = await asked.json();
    const stopped = await request.post(`/api/v1/ml/runs/${id}/cancel`, { headers: FROM_OUR_PAGE });
    expect(stopped.status()).toBe(200);
  }).toPass();
}
