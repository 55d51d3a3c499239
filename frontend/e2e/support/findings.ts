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
