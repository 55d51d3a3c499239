import { type Browser, type BrowserContext, type Page, test } from '@playwright/test';
import { personGoneLow } from './alerts';
import { clinicOf, patientNamed } from './clinic';
import type { FailingWeb } from './failing-web';
import { askForLinksByTheHour } from './findings';
import { fillSignIn, FROM_OUR_PAGE, openSession, ownRecord, registerPerson } from './people';
import { CLINICIAN_STATE, DEMO_ADMINISTRATOR, DEMO_PATIENT_NAME } from './settings';
import { uploadFile } from './uploads';

export const PAGE_STATES = ['data', 'empty', 'error'] as const;
const ANSWERED_MS = 120_000;
export type PageState = (typeof PAGE_STATES)[number];

export interface World {
  readonly browser: Browser;
  readonly failingWeb: FailingWeb;
}

/** Leaves a page open in the state its name says. */
type Scenario = (world: World) => Promise<Page>;

/** One entry for every page of the app. A page without one is not looked at by anybody, so the tests fail. */
export const SCENARIOS: Readonly<Record<string, Readonly<Record<PageState, Scenario>>>> = {
  '/': {
    data: (world) => clinicianAt(world, async () => '/'),
    empty: (world) => emptyPersonAt(world, () => '/'),
    error: (world) => withoutApiAt(world, () => '/'),
  },
  '/sign-in': {
    data: async (world) => {
      const page = await strangerAt(world, '/sign-in');
      await fillSignIn(page, { email: 'nobody@example.org', password: 'wrong' });
      await page.getByRole('alert').filter({ hasText: /match/ }).waitFor();
      return page;
    },
    empty: (world) => strangerAt(world, '/sign-in'),
    error: async (world) => {
      const page = await strangerAt(world, `${world.failingWeb.url}/sign-in`);
      world.failingWeb.cut();
      await fillSignIn(page, { email: 'nobody@example.org', password: 'wrong' });
      await page
        .getByRole('alert')
        .filter({ hasText: /reached/ })
        .waitFor();
      return page;
    },
  },
  '/patients': {
    data: (world) => clinicianAt(world, async () => '/patients'),
    empty: (world) => administratorAt(world, '/patients'),
    error: (world) => withoutApiAt(world, () => '/patients'),
  },
  '/alerts': {
    data: async ({ browser }) => {
      const { page } = await personGoneLow(browser);
      await page.goto('/alerts');
      await page.getByRole('button', { name: /^Snooze: .*Urgent low/ }).click();
      return page;
    },
    empty: (world) => emptyPersonAt(world, () => '/alerts'),
    error: (world) => withoutApiAt(world, () => '/alerts'),
  },
  '/alerts/[id]': {
    data: async ({ browser }) => {
      const { page, alertId } = await personGoneLow(browser);
      await page.goto(`/alerts/${alertId}`);
      return page;
    },
    empty: (world) => emptyPersonAt(world, () => '/alerts/00000000-0000-4000-8000-000000000000'),
    error: (world) => withoutApiAt(world, () => '/alerts/00000000-0000-4000-8000-000000000000'),
  },
  '/patients/[id]': {
    data: (world) => clinicianAt(world, async (page) => `/patients/${await demoPatient(page)}`),
    empty: (world) => emptyPersonAt(world, (id) => `/patients/${id}`),
    error: (world) => withoutApiAt(world, (id) => `/patients/${id}`),
  },
  '/patients/[id]/forecast': {
    data: (world) => clinicianAt(world, async (page) => `/patients/${await demoPatient(page)}/forecast`),
    empty: (world) => emptyPersonAt(world, (id) => `/patients/${id}/forecast`),
    error: (world) => withoutApiAt(world, (id) => `/patients/${id}/forecast`),
  },
  '/patients/[id]/findings': {
    data: async (world) => {
      const page = await clinicianAt(world, async (found) => `/patients/${await demoPatient(found)}/findings`);
      await page.getByRole('button', { name: /^Look (now|again)$/ }).click();
      // Computed at the lowest priority, beside everything else.
      test.info().setTimeout(180_000);
      await page
        .getByRole('heading', { name: 'What goes with glucose from day to day' })
        .waitFor({ timeout: ANSWERED_MS });
      await page.getByRole('button', { name: 'Look again' }).waitFor({ timeout: ANSWERED_MS });
      await askForLinksByTheHour(page.request, await demoPatient(page));
      await page.reload();
      await page.getByRole('figure', { name: /^Links between/ }).waitFor();
      return page;
    },
    empty: (world) => emptyPersonAt(world, (id) => `/patients/${id}/findings`),
    error: (world) => withoutApiAt(world, (id) => `/patients/${id}/findings`),
  },
  '/patients/[id]/alert-settings': {
    data: (world) => clinicianAt(world, async (page) => `/patients/${await demoPatient(page)}/alert-settings`),
    empty: (world) => emptyPersonAt(world, (id) => `/patients/${id}/alert-settings`),
    error: (world) => withoutApiAt(world, (id) => `/patients/${id}/alert-settings`),
  },
  '/account/alerts': {
    data: async (world) => {
      const { context } = await newPerson(world.browser);
      for (const address of ['kim@example.org', 'https://receiver.invalid/alerts']) {
        const kind = address.startsWith('https') ? { kind: 'webhook', url: address } : { kind: 'email', address };
        const data = { ...kind, label: 'Mine', timeZone: 'Europe/Berlin' };
        await context.request.post('/api/v1/alert-channels', { data, headers: FROM_OUR_PAGE });
      }
      const page = await context.newPage();
      await page.goto('/account/alerts');
      return page;
    },
    empty: (world) => emptyPersonAt(world, () => '/account/alerts'),
    error: (world) => withoutApiAt(world, () => '/account/alerts'),
  },
  '/clinics/[id]/on-call': {
    data: (world) => clinicianAt(world, async (page) => `/clinics/${await clinicOf(page.request)}/on-call`),
    empty: (world) =>
      clinicianAt(world, async (page) => `/clinics/${await clinicOf(page.request)}/on-call?week=2035-01-01`),
    error: (world) => withoutApiAt(world, (id) => `/clinics/${id}/on-call`),
  },
  '/clinics/[id]/alert-settings': {
    data: (world) => clinicianAt(world, async (page) => `/clinics/${await clinicOf(page.request)}/alert-settings`),
    empty: async ({ browser }) => {
      const page = await (await browser.newContext()).newPage();
      await openSession(page.request, DEMO_ADMINISTRATOR);
      await page.goto(`/clinics/${await clinicOf(page.request)}/alert-settings`);
      return page;
    },
    error: (world) => withoutApiAt(world, (id) => `/clinics/${id}/alert-settings`),
  },
  '/patients/[id]/upload': {
    data: async (world) => {
      const page = await emptyPersonAt(world, (id) => `/patients/${id}/upload`);
      await uploadFile(page, 'libreview-uk-mmol.csv');
      return page;
    },
    empty: (world) => emptyPersonAt(world, (id) => `/patients/${id}/upload`),
    error: (world) => withoutApiAt(world, (id) => `/patients/${id}/upload`),
  },
};

async function strangerAt({ browser }: World, address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  return page;
}

async function clinicianAt({ browser }: World, address: (page: Page) => Promise<string>): Promise<Page> {
  const page = await (await browser.newContext({ storageState: CLINICIAN_STATE })).newPage();
  await page.goto(await address(page));
  return page;
}

async function administratorAt({ browser }: World, address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openSession(page.request, DEMO_ADMINISTRATOR);
  await page.goto(address);
  await page.getByRole('heading', { name: 'No patients yet' }).waitFor();
  return page;
}

async function emptyPersonAt({ browser }: World, address: (patientId: string) => string): Promise<Page> {
  const { context, id } = await newPerson(browser);
  const page = await context.newPage();
  await page.goto(address(id));
  return page;
}

/** Signed in while the API still answered. */
async function withoutApiAt({ browser, failingWeb }: World, address: (patientId: string) => string): Promise<Page> {
  failingWeb.mend();
  const { context, id } = await newPerson(browser, failingWeb.url);
  failingWeb.cut();
  const page = await context.newPage();
  await page.goto(failingWeb.url + address(id));
  return page;
}

async function newPerson(browser: Browser, web?: string): Promise<{ context: BrowserContext; id: string }> {
  const context = await browser.newContext();
  await openSession(context.request, await registerPerson(context.request), web);
  return { context, id: await ownRecord(context.request, web) };
}

async function demoPatient(page: Page): Promise<string> {
  return (await patientNamed(page.request, DEMO_PATIENT_NAME)).id;
}
