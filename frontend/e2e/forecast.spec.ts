import { expect, type Page, test } from '@playwright/test';
import { asNewPerson, FROM_OUR_PAGE } from './support/people';
import { openSettled } from './support/settled';

const MINUTE = 60_000;

/** Three hours of readings, the newest so many minutes ago. */
async function threeHours(page: Page, patientId: string, newestMinutesAgo: number): Promise<void> {
  const readings = Array.from({ length: 37 }, (_, index) => ({
    measuredAt: new Date(Date.now() - (newestMinutesAgo + index * 5) * MINUTE).toISOString(),
    value: 120 + (index % 5),
    unit: 'mg/dL',
  }));
  const answer = await page.request.post(`/api/v1/patients/${patientId}/readings`, {
    headers: FROM_OUR_PAGE,
    data: { readings },
  });
  expect(answer.status()).toBe(200);
}

test('what may come stands on the page in words, and in a chart with the same numbers as a table', async ({ page }) => {
  const id = await asNewPerson(page);
  await threeHours(page, id, 2);
  await openSettled(page, `/patients/${id}`);
  const strip = page.getByRole('group', { name: 'Forecast' });
  await expect(strip).toContainText(/In 30 min about 1\d\d \(\d+ to \d+\), in 60 min 1\d\d \(\d+ to \d+ mg\/dL/);
  await strip.getByRole('link', { name: 'How good is it?' }).click();
  await expect(page.getByRole('figure', { name: 'The next two hours' })).toBeVisible();
  await page.getByText('Table', { exact: true }).click();
  await expect(page.getByRole('row', { name: /^120 / })).toBeVisible();
  await expect(page.getByText('How it does for this person is looked at each night')).toBeVisible();
});

test('nothing that is old is shown as to come', async ({ page }) => {
  const id = await asNewPerson(page);
  await threeHours(page, id, 16);
  await openSettled(page, `/patients/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Forecast' })).toHaveCount(0);
  await openSettled(page, `/patients/${id}/forecast`);
  await expect(page.getByText('No forecast: the newest reading is older than 15 minutes.')).toBeVisible();
});
