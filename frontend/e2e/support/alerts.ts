import { expect, type APIRequestContext, type Browser, type Page } from '@playwright/test';
import { FROM_OUR_PAGE, type Login, openSession, ownRecord, registerPerson } from './people';

const MINUTE_MS = 60_000;
const STEP_MINUTES = 5;

/** Sends readings that end now or some minutes ago, five minutes apart, as a sensor would. */
export async function sendReadings(
  request: APIRequestContext,
  patientId: string,
  mgdl: readonly number[],
  endMinutesAgo = 0,
) {
  const now = Date.now() - endMinutesAgo * MINUTE_MS;
  const readings = mgdl.map((value, index) => ({
    measuredAt: new Date(now - (mgdl.length - 1 - index) * STEP_MINUTES * MINUTE_MS).toISOString(),
    value,
    unit: 'mg/dL',
  }));
  const answer = await request.post(`/api/v1/patients/${patientId}/readings`, {
    data: { readings },
    headers: FROM_OUR_PAGE,
  });
  expect(await answer.json()).toMatchObject({ accepted: mgdl.length });
}

export interface AlertAnswer {
  readonly id: string;
  readonly rule: string;
  readonly severity: string;
  readonly acknowledged: boolean;
}

export async function openAlerts(request: APIRequestContext): Promise<AlertAnswer[]> {
  return (await (await request.get('/api/v1/alerts?state=open')).json()).items;
}

/** Waits until the worker has opened an alert of a rule for whoever asks. */
export async function alertOf(request: APIRequestContext, rule: string): Promise<AlertAnswer> {
  let found: AlertAnswer | undefined;
  await expect(async () => {
    found = (await openAlerts(request)).find((alert) => alert.rule === rule);
    expect(found).toBeDefined();
  }).toPass({ timeout: 30_000 });
  if (!found) throw new Error(`no alert of the rule ${rule}`);
  return found;
}

/** Falls under 54 mg/dL within half an hour. */
export const FALLING_LOW = [110, 104, 98, 88, 76, 62, 50];

export interface PersonWithAlert {
  readonly page: Page;
  readonly login: Login;
  readonly patientId: string;
  readonly alertId: string;
}

/** Somebody new, signed in, who has just gone low, or did some minutes ago; an urgent alert is open. */
export async function personGoneLow(browser: Browser, displayName?: string, minutesAgo = 0): Promise<PersonWithAlert> {
  const context = await browser.newContext();
  const login = await registerPerson(context.request, displayName);
  await openSession(context.request, login);
  const patientId = await ownRecord(context.request);
  await sendReadings(context.request, patientId, FALLING_LOW, minutesAgo);
  const { id: alertId } = await alertOf(context.request, 'urgent-low');
  return { page: await context.newPage(), login, patientId, alertId };
}

/** Lets another account read a person's data, from `owner`'s session. */
export async function shareWith(owner: APIRequestContext, patientId: string, { email }: Login): Promise<void> {
  const answer = await owner.post(`/api/v1/patients/${patientId}/grants`, {
    data: { email, scope: 'read' },
    headers: FROM_OUR_PAGE,
  });
  expect(answer.status()).toBe(201);
}
