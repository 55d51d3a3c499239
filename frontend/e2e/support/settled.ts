import type { Page, Response } from '@playwright/test';

/** For a test that waits until the network is idle, which it never is while a page follows live events. */
export async function withoutLive(page: Page): Promise<void> {
  await page.route('**/api/v1/live', (route) => route.abort());
}

/** Waits until the page stands where its loading frame stood: pages stream in after their `load` event. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main:not([aria-busy])').filter({ visible: true }).first().waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

export async function openSettled(page: Page, address: string): Promise<Response | null> {
  const answer = await page.goto(address);
  await settled(page);
  return answer;
}
