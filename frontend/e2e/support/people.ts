import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Page } from '@playwright/test';
import { SETTINGS } from './settings';

export interface Login {
  readonly email: string;
  readonly password: string;
}

/** What a page of ours sends with every request of its own. */
export const FROM_OUR_PAGE = { 'sec-fetch-site': 'same-origin' };

/** A new account with a record of its own, and nothing else. */
export async function registerPerson(request: APIRequestContext, displayName = 'Robin Example'): Promise<Login> {
  const login = { email: `e2e-${randomUUID()}@example.org`, password: `pass-${randomUUID()}` };
  const answer = await request.post(`${SETTINGS.apiUrl}/api/v1/auth/register`, {
    data: { ...login, displayName, timeZone: 'Europe/Berlin' },
  });
  if (answer.status() !== 201) throw new Error(`register answered ${answer.status()}`);
  return login;
}

export async function fillSignIn(page: Page, { email, password }: Login): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs the browser context in without the form. `web` is another web process than the usual one. */
export async function openSession(request: APIRequestContext, login: Login, web = SETTINGS.webUrl): Promise<void> {
  const answer = await request.post(`${web}/api/session`, { data: login, headers: FROM_OUR_PAGE });
  if (answer.status() !== 204) throw new Error(`sign-in answered ${answer.status()}`);
}

/** Registers somebody, signs the page in as that person, and answers the id of the person's own, empty record. */
export async function asNewPerson(page: Page, displayName?: string): Promise<string> {
  await openSession(page.request, await registerPerson(page.request, displayName));
  return ownRecord(page.request);
}

export async function ownRecord(request: APIRequestContext, web = SETTINGS.webUrl): Promise<string> {
  const { patientId } = await (await request.get(`${web}/api/v1/auth/me`)).json();
  return String(patientId);
}
