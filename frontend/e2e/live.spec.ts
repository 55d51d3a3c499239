import { expect, test, type Page } from '@playwright/test';
import { asNewPerson, FROM_OUR_PAGE } from './support/people';
import { openSettled } from './support/settled';

const live = (page: Page) => page.locator('[data-connection="live"]');

async function report(page: Page, patientId: string, value: number, minutesAgo = 0): Promise<void> {
  const answer = await page.request.post(`/api/v1/patients/${patientId}/readings`, {
    headers: FROM_OUR_PAGE,
    data: { measuredAt: new Date(Date.now() - minutesAgo * 60_000).toISOString(), value, unit: 'mg/dL' },
  });
  expect(answer.status()).toBe(201);
}

test('a reading that arrives stands on the open page without anybody reloading it', async ({ page }) => {
  const patientId = await asNewPerson(page);
  await openSettled(page, `/patients/${patientId}`);
  await expect(live(page)).toHaveText(/Live/);
  for (const [minutesAgo, value] of [
    [5, 137],
    [0, 142],
  ] as const) {
    await report(page, patientId, value, minutesAgo);
    await expect(page.getByRole('group', { name: 'Latest glucose' })).toContainText(String(value));
  }
});

test('the tabs of a browser share one stream, and another takes over when its tab is closed', async ({
  page,
  context,
}) => {
  const asked: Page[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/v1/live') asked.push(request.frame().page());
  });
  const patientId = await asNewPerson(page);
  await openSettled(page, `/patients/${patientId}`);
  await expect(live(page)).toBeVisible();
  const other = await context.newPage();
  await openSettled(other, `/patients/${patientId}`);
  await expect(live(other)).toBeVisible();
  expect(asked).toEqual([page]);

  await report(page, patientId, 141);
  await expect(other.getByRole('main')).toContainText('141');
  await page.close();
  await expect.poll(() => asked.length).toBe(2);
  await expect(live(other)).toBeVisible();
  expect(asked[1]).toBe(other);
});
