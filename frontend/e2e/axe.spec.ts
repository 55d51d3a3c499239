import path from 'node:path';
import type { Page } from '@playwright/test';
import { appRoutes } from './support/app-routes';
import { axeViolations } from './support/axe';
import { expect, test } from './support/fixtures';
import { PAGE_STATES, SCENARIOS } from './support/scenarios';
import { SETTINGS } from './support/settings';
import { settled } from './support/settled';

const routes = appRoutes(path.join(SETTINGS.repository, 'frontend/src/app'));

test('every page of the app has its scenarios, and no scenario lacks its page', () => {
  expect(Object.keys(SCENARIOS).toSorted()).toEqual(routes.toSorted());
});

for (const [route, scenarios] of Object.entries(SCENARIOS)) {
  for (const state of PAGE_STATES) {
    test(`${route} (${state}) holds nothing against it, in light and dark, closed and opened`, async ({
      browser,
      failingWeb,
    }) => {
      const page = await scenarios[state]({ browser, failingWeb });
      await settled(page);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await axeViolations(page), `${colorScheme}, closed`).toEqual([]);
      }
      await openEverything(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await axeViolations(page), `${colorScheme}, opened`).toEqual([]);
      }
      failingWeb.mend();
      await page.context().close();
    });
  }
}

async function openEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}
